package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.SinkResult;
import java.util.List;

/**
 * What has to be done so that the records are true.
 *
 * @param deletions what to do first: it frees names
 * @param writes what to do then: creations and changes
 * @param unchanged how many records are right already
 * @param held deletions that are not to be done because they wait for confirmation
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
   * @param kind what is done
   * @param object the object as it shall be; for a deletion as it was seen
   * @param summary what is different, for a person
   */
  record Step<R extends HasMetadata>(SinkResult.Kind kind, R object, String summary) {

    String name() {
      return object.getMetadata().getName();
    }
  }
}
