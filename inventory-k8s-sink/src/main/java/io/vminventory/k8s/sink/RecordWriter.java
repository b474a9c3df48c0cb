package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClientException;
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

  RecordWriter(VmStore store, RecordCache cache) {
    this.store = store;
    this.cache = cache;
  }

  Outcome write(Plan.Step step) {
    VmResource sent = step.vm();
    Outcome outcome = new Outcome.Stale();
    cache.writing(sent);
    try {
      outcome = store.write(step);
      if (outcome instanceof Outcome.Stale
          || (outcome instanceof Outcome.NoAnswer noAnswer && noAnswer.lost())) {
        lookAgain(step);
      }
      return outcome;
    } finally {
      cache.written(sent, outcome);
    }
  }

  private void lookAgain(Plan.Step step) {
    VmResource sent = step.vm();
    try {
      Optional<VmResource> found =
          store.get(sent.getMetadata().getNamespace(), sent.getMetadata().getName());
      if (found.isPresent()) {
        cache.seen(found.get());
      } else if (step.kind() != Kind.CREATED) {
        cache.gone(sent);
      }
    } catch (KubernetesClientException e) {
      // The next write to the object is refused again, and then there is another look.
      if (ApiErrors.isInterruption(e)) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
