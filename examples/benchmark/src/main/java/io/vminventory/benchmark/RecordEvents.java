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

/** Events of a watch on all records, with their arrival times. Thread-safe. */
final class RecordEvents implements AutoCloseable {

  /**
   * Watch event.
   *
   * @param nanoTime its arrival, by {@link System#nanoTime()}
   * @param deleted whether the record was deleted
   */
  record Event(long nanoTime, boolean deleted, VmResource vm) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition eventArrived = lock.newCondition();
  private final List<Event> events = new ArrayList<>(); // guarded by lock
  private final Watch watch;

  /** Watches from now on, without the events of existing records, which would take seconds. */
  RecordEvents(KubernetesClient client) {
    var records = client.resources(VmResource.class).inAnyNamespace();
    String now =
        records
            .list(new ListOptionsBuilder().withLimit(1L).build())
            .getMetadata()
            .getResourceVersion();
    watch =
        records.watch(
            new ListOptionsBuilder().withResourceVersion(now).build(),
            new Watcher<VmResource>() {
              @Override
              public void eventReceived(Action action, VmResource vm) {
                add(new Event(System.nanoTime(), action == Action.DELETED, vm));
              }

              @Override
              public void onClose(WatcherException cause) {
                throw new IllegalStateException("the watch was closed", cause);
              }
            });
  }

  private void add(Event event) {
    lock.lock();
    try {
      events.add(event);
      eventArrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Discards all events so far, and returns their number. */
  int reset() {
    lock.lock();
    try {
      int count = events.size();
      events.clear();
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the first matching event since {@link #reset}; empty if none arrives in time. */
  Optional<Event> await(Predicate<Event> expected, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        Optional<Event> found = events.stream().filter(expected).findFirst();
        long left = deadline - System.nanoTime();
        if (found.isPresent() || left <= 0) {
          return found;
        }
        long unused = eventArrived.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until this many different records have had an event since {@link #reset}, and returns the
   * event of the last; empty if it does not arrive in time.
   */
  Optional<Event> awaitDifferent(int count, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    Set<String> names = new HashSet<>();
    int next = 0;
    lock.lockInterruptibly();
    try {
      while (true) {
        for (; next < events.size(); next++) {
          Event event = events.get(next);
          boolean added = !event.deleted() && names.add(event.vm().getMetadata().getName());
          if (added && names.size() == count) {
            return Optional.of(event);
          }
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return Optional.empty();
        }
        long unused = eventArrived.awaitNanos(left);
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
