/** Waits and delays of the operator's threads. */
@NullMarked
package io.vminventory.operator.wait;

import org.jspecify.annotations.NullMarked;
