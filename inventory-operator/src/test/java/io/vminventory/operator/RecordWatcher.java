package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vminventory.k8s.VmResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Watcher of all records in a namespace. Knows their current state and checks every deletion.
 * Thread-safe.
 */
final class RecordWatcher implements Watcher<VmResource>, AutoCloseable {

  private final Predicate<VmResource> isDeletionExpected;
  private final Map<String, VmResource> current = new HashMap<>();
  private final List<String> unexpectedDeletions = new ArrayList<>();
  private int deletions;
  private final Watch watch;

  /**
   * @param isDeletionExpected whether the record may be deleted now; called in the watch's thread
   */
  RecordWatcher(
      KubernetesClient client, String namespace, Predicate<VmResource> isDeletionExpected) {
    this.isDeletionExpected = isDeletionExpected;
    this.watch = client.resources(VmResource.class).inNamespace(namespace).watch(this);
  }

  @Override
  public void eventReceived(Action action, VmResource vm) {
    boolean deleted = action == Action.DELETED;
    boolean expected = !deleted || isDeletionExpected.test(vm);
    synchronized (this) {
      if (deleted) {
        deletions++;
        current.remove(vm.getMetadata().getName());
      } else if (action == Action.ADDED || action == Action.MODIFIED) {
        current.put(vm.getMetadata().getName(), vm);
      }
      if (!expected) {
        unexpectedDeletions.add(
            "record %s of %s was deleted, though its machine exists: %s"
                .formatted(
                    vm.getMetadata().getName(), vm.getSpec().source().key(), vm.getStatus()));
      }
    }
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    unexpectedDeletions.add("the watch on the records has ended: " + cause);
  }

  /** Current records, as far as the API server has sent them. */
  synchronized List<VmResource> records() {
    return List.copyOf(current.values());
  }

  /** Unexpected deletions, and the end of the watch. */
  synchronized List<String> unexpectedDeletions() {
    return List.copyOf(unexpectedDeletions);
  }

  synchronized int deletions() {
    return deletions;
  }

  @Override
  public void close() {
    watch.close();
  }
}
