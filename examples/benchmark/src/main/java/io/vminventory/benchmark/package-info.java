/**
 * Benchmarks of the operator: cost compared with a floor, and latency of changes. Not part of the
 * product.
 */
@NullMarked
package io.vminventory.benchmark;

import org.jspecify.annotations.NullMarked;
