/** Log output: what is logged, as text or as JSON. */
@NullMarked
package io.vminventory.operator.log;

import org.jspecify.annotations.NullMarked;
