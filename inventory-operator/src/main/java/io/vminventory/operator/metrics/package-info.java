/**
 * What the operator counts and measures, for Prometheus. It observes the mirrors, the providers and
 * the reconciler from outside; a scrape reads numbers and does nothing else.
 */
@NullMarked
package io.vminventory.operator.metrics;

import org.jspecify.annotations.NullMarked;
