package io.vminventory.k8s.sink;

import io.vminventory.api.SinkResult;
import io.vminventory.k8s.VmResource;
import java.util.List;

/**
 * What has to be done so that the records are true.
 *
 * @param deletions what to do first: it frees names
 * @param writes what to do then: creations and changes
 * @param unchanged how many records are right already
 * @param held deletions that are not to be done because they wait for confirmation
 */
record Plan(List<Step> deletions, List<Step> writes, int unchanged, List<Step> held) {

  Plan {
    deletions = List.copyOf(deletions);
    writes = List.copyOf(writes);
    held = List.copyOf(held);
  }

  /**
   * One request.
   *
   * @param kind what is done
   * @param vm the object as it shall be; for a deletion as it was seen
   * @param summary what is different, for a person
   */
  record Step(SinkResult.Kind kind, VmResource vm, String summary) {

    String name() {
      return vm.getMetadata().getName();
    }
  }
}
