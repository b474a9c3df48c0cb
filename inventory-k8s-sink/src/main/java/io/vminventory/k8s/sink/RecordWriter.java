package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import java.util.Optional;

/**
 * Does the steps of plans. When a step has ended, the cache knows what became of its object: from
 * the answer, or, if the step came too late or its answer was lost, by another look at this one
 * object. Thread-safe.
 */
final class RecordWriter<R extends HasMetadata> {

  private final RecordStore<R> store;
  private final RecordCache<R> cache;
  private final WritePermit permit;

  RecordWriter(RecordStore<R> store, RecordCache<R> cache, WritePermit permit) {
    this.store = store;
    this.cache = cache;
    this.permit = permit;
  }

  /** Explains what goes wrong. */
  ApiErrors errors() {
    return store.errors();
  }

  Outcome<R> write(Plan.Step<R> step) {
    if (!permit.granted()) {
      return new Outcome.Hopeless<>(
          new InventoryException(
              Failure.UNAVAILABLE,
              "nothing is written, because another process may be leading by now"));
    }
    R sent = step.object();
    Outcome<R> outcome = new Outcome.Stale<>();
    cache.writing(sent);
    try {
      outcome = store.write(step);
      if (outcome instanceof Outcome.Stale<R>
          || (outcome instanceof Outcome.NoAnswer<R> noAnswer && noAnswer.lost())) {
        outcome = lookAgain(step, outcome);
      }
      return outcome;
    } finally {
      cache.written(sent, outcome);
    }
  }

  /** What it came to if the object is known now, else that there is no answer. */
  private Outcome<R> lookAgain(Plan.Step<R> step, Outcome<R> outcome) {
    R sent = step.object();
    try {
      Optional<R> found =
          store.get(sent.getMetadata().getNamespace(), sent.getMetadata().getName());
      if (found.isPresent()) {
        cache.seen(found.get());
      } else if (step.kind() != Kind.CREATED) {
        cache.gone(sent);
      }
      return outcome;
    } catch (KubernetesClientException e) {
      return store.errors().onLookingAgain(e);
    }
  }
}
