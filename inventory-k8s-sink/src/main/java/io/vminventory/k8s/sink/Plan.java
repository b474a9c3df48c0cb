package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.SinkResult;
import java.util.List;

/**
 * Writes that bring a tenant's records up to date.
 *
 * @param deletions come first, because they free names
 * @param writes creations and changes, which come after the deletions
 * @param unchanged how many records are up to date already
 * @param held deletions held back until a person confirms them
 */
record Plan<R extends HasMetadata>(
    List<Step<R>> deletions, List<Step<R>> writes, int unchanged, List<Step<R>> held) {

  Plan {
    deletions = List.copyOf(deletions);
    writes = List.copyOf(writes);
    held = List.copyOf(held);
  }

  /**
   * One request.
   *
   * @param kind what to do with the object
   * @param object the object to write; for a deletion, the object as it was read
   * @param summary what differs, for people
   */
  record Step<R extends HasMetadata>(SinkResult.Kind kind, R object, String summary) {

    String name() {
      return object.getMetadata().getName();
    }
  }
}
