/** How threads of the operator wait. */
@NullMarked
package io.vminventory.operator.wait;

import org.jspecify.annotations.NullMarked;
