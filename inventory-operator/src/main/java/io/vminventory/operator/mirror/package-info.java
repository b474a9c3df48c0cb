/**
 * Mirrors: one per active tenant, each a thread that reads the tenant's machines and applies them
 * to the sink.
 *
 * <p>Pure functions decide the next step ({@link io.vminventory.operator.mirror.Schedule}, {@link
 * io.vminventory.operator.mirror.RetryPolicy}); the mirror acts and publishes an immutable {@link
 * io.vminventory.operator.mirror.MirrorState}.
 */
@NullMarked
package io.vminventory.operator.mirror;

import org.jspecify.annotations.NullMarked;
