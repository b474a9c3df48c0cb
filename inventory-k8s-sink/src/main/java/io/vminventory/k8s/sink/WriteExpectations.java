package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.RecordIndex.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Writes in flight, to distinguish our own changes from external ones. The watch may deliver a
 * write before its response is here, so events for an object that is being written are kept until
 * the response is. Not thread-safe.
 */
final class WriteExpectations<R extends HasMetadata> {

  /**
   * Change of an object, already applied to the cache.
   *
   * @param object the object; if it was deleted, its last state
   * @param owners the tenants that owned it before and own it now
   */
  record RecordEvent<R extends HasMetadata>(R object, boolean deleted, Set<TenantId> owners) {

    private boolean isResultOf(R sent, Outcome.Done<R> done) {
      return done.now()
          .map(now -> !deleted && RecordVersions.of(object).equals(RecordVersions.of(now)))
          .orElseGet(() -> deleted && RecordCache.uid(object).equals(RecordCache.uid(sent)));
    }
  }

  private static final class InFlight<R extends HasMetadata> {
    private int count;
    private final List<RecordEvent<R>> pending = new ArrayList<>();
  }

  private final Map<ObjectKey, InFlight<R>> inFlightByKey = new HashMap<>();

  void begin(ObjectKey key) {
    inFlightByKey.computeIfAbsent(key, any -> new InFlight<>()).count++;
  }

  /** The tenants to notify of the event; none while it may be the result of our own write. */
  Set<TenantId> ownersToNotify(RecordEvent<R> event) {
    InFlight<R> inFlight = inFlightByKey.get(ObjectKey.of(event.object()));
    if (inFlight == null) {
      return event.owners();
    }
    inFlight.pending.add(event);
    return Set.of();
  }

  /**
   * Ends a write.
   *
   * @param sent the object of the step
   * @return the tenants to notify of events that our writes do not explain
   */
  Set<TenantId> end(R sent, Outcome<R> outcome) {
    InFlight<R> inFlight =
        Objects.requireNonNull(
            inFlightByKey.get(ObjectKey.of(sent)), "no write of this object has begun");
    if (outcome instanceof Outcome.Done<R> done) {
      inFlight.pending.removeIf(event -> event.isResultOf(sent, done));
    }
    if (--inFlight.count > 0) {
      return Set.of();
    }
    inFlightByKey.remove(ObjectKey.of(sent));
    Set<TenantId> owners = new HashSet<>();
    inFlight.pending.forEach(event -> owners.addAll(event.owners()));
    return owners;
  }
}
