/**
 * Keeps {@code VM} objects, or those of another {@link io.vminventory.k8s.sink.RecordFormat}, true:
 * {@link io.vminventory.k8s.sink.KubernetesInventorySink}.
 *
 * <p>What is to be done is decided by pure functions ({@code Planner}, {@code RecordNames}, {@code
 * DeletionGuard}, {@code VmRecords}); {@code RecordStore} and {@code ParallelWriter} then do it.
 * {@link io.vminventory.k8s.sink.DryRun} tells what would be done. It reads no platform, looks at
 * no {@code Tenant} object, and decides neither when to write nor which of several processes may.
 */
@NullMarked
package io.vminventory.k8s.sink;

import org.jspecify.annotations.NullMarked;
