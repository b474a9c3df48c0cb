/**
 * Keeps {@code VM} objects true: {@link io.vminventory.k8s.sink.KubernetesInventorySink}.
 *
 * <p>What is to be done is decided by pure functions ({@code Planner}, {@code RecordNames}, {@code
 * DeletionGuard}, {@code VmRecords}); {@code VmStore} and {@code ParallelWriter} then do it. {@link
 * io.vminventory.k8s.sink.DryRun} tells what would be done.
 */
@NullMarked
package io.vminventory.k8s.sink;

import org.jspecify.annotations.NullMarked;
