/**
 * Metrics for Prometheus. They wrap mirrors' listeners and providers, which know nothing of them; a
 * scrape only reads numbers.
 */
@NullMarked
package io.vminventory.operator.metrics;

import org.jspecify.annotations.NullMarked;
