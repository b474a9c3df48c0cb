package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import java.util.Optional;

/**
 * Writes one step of a plan at a time, and updates the cache: from the response or, after a
 * conflict or a lost response, by reading the object again. Thread-safe.
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

  /** Translates failed requests for these records. */
  ApiErrors errors() {
    return store.errors();
  }

  Outcome<R> write(Plan.Step<R> step) {
    if (!permit.granted()) {
      return new Outcome.Fatal<>(
          new InventoryException(
              Failure.UNAVAILABLE,
              "nothing is written, because another process may be leading by now"));
    }
    R sent = step.object();
    Outcome<R> outcome = new Outcome.Conflict<>();
    cache.beginWrite(sent);
    try {
      outcome = store.write(step);
      if (outcome.needsNewPlan()) {
        outcome = reread(step, outcome);
      }
      return outcome;
    } finally {
      cache.endWrite(sent, outcome);
    }
  }

  /** Reads the object into the cache; returns the same outcome, or why the read failed. */
  private Outcome<R> reread(Plan.Step<R> step, Outcome<R> outcome) {
    R sent = step.object();
    try {
      Optional<R> found =
          store.get(sent.getMetadata().getNamespace(), sent.getMetadata().getName());
      if (found.isPresent()) {
        cache.onUpdate(found.get());
      } else if (step.kind() != Kind.CREATED) {
        cache.onDelete(sent);
      }
      return outcome;
    } catch (KubernetesClientException e) {
      return store.errors().onReread(e);
    }
  }
}
