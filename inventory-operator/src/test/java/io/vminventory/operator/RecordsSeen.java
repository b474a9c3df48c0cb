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
 * Watches the records of a namespace as a bystander does, from the first moment on: knows what they
 * say now, and judges every deletion. Thread-safe.
 */
final class RecordsSeen implements Watcher<VmResource>, AutoCloseable {

  private final Predicate<VmResource> justified;
  private final Map<String, VmResource> now = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int deletions;
  private final Watch watch;

  /**
   * @param justified whether a record may be gone at this moment; asked in the watch's own thread
   */
  RecordsSeen(KubernetesClient client, String namespace, Predicate<VmResource> justified) {
    this.justified = justified;
    this.watch = client.resources(VmResource.class).inNamespace(namespace).watch(this);
  }

  @Override
  public void eventReceived(Action action, VmResource vm) {
    boolean gone = action == Action.DELETED;
    boolean right = !gone || justified.test(vm);
    synchronized (this) {
      if (gone) {
        deletions++;
        now.remove(vm.getMetadata().getName());
      } else if (action == Action.ADDED || action == Action.MODIFIED) {
        now.put(vm.getMetadata().getName(), vm);
      }
      if (!right) {
        wrong.add(
            "record %s of %s was deleted, though its machine exists: %s"
                .formatted(
                    vm.getMetadata().getName(), vm.getSpec().source().key(), vm.getStatus()));
      }
    }
  }

  @Override
  public synchronized void onClose(WatcherException cause) {
    wrong.add("nobody watches the deletions any more: " + cause);
  }

  /** The records as they are now, as far as the API server has told. */
  synchronized List<VmResource> records() {
    return List.copyOf(now.values());
  }

  /** What must not have happened. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  synchronized int deletions() {
    return deletions;
  }

  @Override
  public void close() {
    watch.close();
  }
}
