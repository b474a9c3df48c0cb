package io.vminventory.testkit.fake;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Session of the fake platform: remembers what it returned, and returns the differences. */
final class FakeSession implements InventorySession {

  private final FakeProvider provider;
  private final String username;
  private final ReentrantLock lock;
  private final Condition changed;
  private Optional<Inventory> returned = Optional.empty();
  private Optional<InventoryException> finished = Optional.empty();

  FakeSession(FakeProvider provider, String username, ReentrantLock lock, Condition changed) {
    this.provider = provider;
    this.username = username;
    this.lock = lock;
    this.changed = changed;
  }

  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    lock.lock();
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long nanos = maxWait.toNanos();
      Optional<Update> update = update();
      while (update.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
        update = update();
      }
      return update.orElseGet(() -> new Update.Changes(List.of()));
    } catch (InterruptedException e) {
      finished = Optional.of(over("the session was interrupted before"));
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Update> update() throws InventoryException {
    if (finished.isPresent()) {
      InventoryException reason = finished.get();
      finished = Optional.of(over("the session failed before"));
      throw reason;
    }
    Inventory now = provider.seenBy(username);
    Optional<Inventory> before = returned;
    returned = Optional.of(now);
    if (before.isEmpty()) {
      return Optional.of(new Update.Snapshot(now));
    }
    List<Change> changes = now.changesSince(before.get());
    return changes.isEmpty() ? Optional.empty() : Optional.of(new Update.Changes(changes));
  }

  private static InventoryException over(String message) {
    return new InventoryException(Failure.UNAVAILABLE, message);
  }

  /** Call it with the lock held. */
  void fail(Failure failure) {
    finished =
        Optional.of(new InventoryException(failure, "the fake platform fails as the test demands"));
  }

  /** Call it with the lock held. */
  void loseHistory() {
    returned = Optional.empty();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      finished = Optional.of(over("the session is closed"));
      provider.closed(this);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "session of " + username + " on the fake platform";
  }
}
