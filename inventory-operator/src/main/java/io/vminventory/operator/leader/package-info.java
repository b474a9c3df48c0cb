/** Leader election among several operator processes. */
@NullMarked
package io.vminventory.operator.leader;

import org.jspecify.annotations.NullMarked;
