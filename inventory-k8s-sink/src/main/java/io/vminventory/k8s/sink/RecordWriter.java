package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.k8s.VmResource;
import java.util.Optional;

/**
 * Does the steps of plans. When a step has ended, the cache knows what became of its object: from
 * the answer, or, if the step came too late or its answer was lost, by another look at this one
 * object. Thread-safe.
 */
final class RecordWriter {

  private final VmStore store;
  private final RecordCache cache;
  private final WritePermit permit;

  RecordWriter(VmStore store, RecordCache cache, WritePermit permit) {
    this.store = store;
    this.cache = cache;
    this.permit = permit;
  }

  Outcome write(Plan.Step step) {
    if (!permit.granted()) {
      return new Outcome.Hopeless(
          new InventoryException(
              Failure.UNAVAILABLE,
              "nothing is written, because another process may be leading by now"));
    }
    VmResource sent = step.vm();
    Outcome outcome = new Outcome.Stale();
    cache.writing(sent);
    try {
      outcome = store.write(step);
      if (outcome instanceof Outcome.Stale
          || (outcome instanceof Outcome.NoAnswer noAnswer && noAnswer.lost())) {
        outcome = lookAgain(step, outcome);
      }
      return outcome;
    } finally {
      cache.written(sent, outcome);
    }
  }

  /** What it came to if the object is known now, else that there is no answer. */
  private Outcome lookAgain(Plan.Step step, Outcome outcome) {
    VmResource sent = step.vm();
    try {
      Optional<VmResource> found =
          store.get(sent.getMetadata().getNamespace(), sent.getMetadata().getName());
      if (found.isPresent()) {
        cache.seen(found.get());
      } else if (step.kind() != Kind.CREATED) {
        cache.gone(sent);
      }
      return outcome;
    } catch (KubernetesClientException e) {
      return ApiErrors.onLookingAgain(e);
    }
  }
}
