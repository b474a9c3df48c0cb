/**
 * Writer of {@code VM} objects, or those of another {@link io.vminventory.k8s.sink.RecordFormat}.
 *
 * <p>Pure functions decide, the writer acts: a planner compares inventory and cached records, and
 * the plan is then written. The package reads no platform and no {@code Tenant} object. It decides
 * neither when to write nor which of several processes may write.
 *
 * <table>
 *   <caption>Classes by topic; those in bold are the API.</caption>
 *   <tr><th>API</th><td><b>{@link io.vminventory.k8s.sink.KubernetesInventorySink}</b>, <b>{@link
 *     io.vminventory.k8s.sink.DryRun}</b>, <b>SinkOptions</b>, <b>WritePermit</b>,
 *     <b>PlannedChanges</b>, <b>FieldChange</b>; RecordReconciler connects the parts</td></tr>
 *   <tr><th>formats</th><td><b>{@link io.vminventory.k8s.sink.RecordFormat}</b>,
 *     <b>RecordField</b>, <b>RecordSource</b>; VmFormat, VmStatusMapper, LastKnownFacts,
 *     RecordCondition</td></tr>
 *   <tr><th>planning</th><td>Planner, Plan, DirtyKeys, ObservedRecords, DeletionGuard, Ownership,
 *     RecordNames, DryRunPlanner</td></tr>
 *   <tr><th>cache and watch</th><td>RecordCache, RecordIndex, TenantRecords, RecordVersions,
 *     WriteExpectations; RecordWatch, WatchStream, WatchState</td></tr>
 *   <tr><th>writing</th><td>ConflictRetry, ParallelWriter, RecordWriter, RecordStore, Outcome,
 *     ApiErrors</td></tr>
 * </table>
 */
@NullMarked
package io.vminventory.k8s.sink;

import org.jspecify.annotations.NullMarked;
