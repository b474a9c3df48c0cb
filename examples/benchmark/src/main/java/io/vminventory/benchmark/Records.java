package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vminventory.k8s.VmResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a person sees who watches the records, and when. Thread-safe. */
final class Records implements AutoCloseable {

  /**
   * One event of the watch.
   *
   * @param nanoTime when it arrived
   * @param deleted whether the record is gone
   */
  record Seen(long nanoTime, boolean deleted, VmResource vm) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<Seen> events = new ArrayList<>(); // guarded by lock
  private final Watch watch;

  /** Watches from now on: what is there already is not told, since that takes seconds. */
  Records(KubernetesClient client) {
    var all = client.resources(VmResource.class).inAnyNamespace();
    String now =
        all.list(new ListOptionsBuilder().withLimit(1L).build()).getMetadata().getResourceVersion();
    watch =
        all.watch(
            new ListOptionsBuilder().withResourceVersion(now).build(),
            new Watcher<VmResource>() {
              @Override
              public void eventReceived(Action action, VmResource vm) {
                add(new Seen(System.nanoTime(), action == Action.DELETED, vm));
              }

              @Override
              public void onClose(WatcherException cause) {
                throw new IllegalStateException("the watch has ended", cause);
              }
            });
  }

  private void add(Seen seen) {
    lock.lock();
    try {
      events.add(seen);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was seen so far; returns how much that was. */
  int forget() {
    lock.lock();
    try {
      int count = events.size();
      events.clear();
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** The first event like this since the last {@link #forget}; empty if there is none in time. */
  Optional<Seen> await(Predicate<Seen> wanted, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        Optional<Seen> found = events.stream().filter(wanted).findFirst();
        long left = end - System.nanoTime();
        if (found.isPresent() || left <= 0) {
          return found;
        }
        long unused = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The event by which so many different records have been seen since the last {@link #forget};
   * empty if they are not in time.
   */
  Optional<Seen> awaitDifferent(int count, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Set<String> names = new HashSet<>();
    int looked = 0;
    lock.lockInterruptibly();
    try {
      while (true) {
        for (; looked < events.size(); looked++) {
          Seen seen = events.get(looked);
          boolean another = !seen.deleted() && names.add(seen.vm().getMetadata().getName());
          if (another && names.size() == count) {
            return Optional.of(seen);
          }
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        long unused = arrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
