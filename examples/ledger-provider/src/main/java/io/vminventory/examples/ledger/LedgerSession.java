package io.vminventory.examples.ledger;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Session of one account: remembers what it returned, and returns the differences. */
final class LedgerSession implements InventorySession {

  private final LedgerFile file;
  private final String username;
  private final Duration poll;
  private final Runnable onClose;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Ledger> read = Optional.empty();
  private Inventory returned = Inventory.of("", List.of());
  private boolean finished;

  LedgerSession(LedgerFile file, String username, Duration poll, Runnable onClose) {
    this.file = file;
    this.username = username;
    this.poll = poll;
    this.onClose = onClose;
  }

  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    if (finished) {
      throw unavailable("the session has failed before");
    }
    finished = true;
    Update next = await(maxWait, System.nanoTime());
    finished = false;
    return next;
  }

  private Update await(Duration maxWait, long start)
      throws InventoryException, InterruptedException {
    while (true) {
      if (closed.await(0, TimeUnit.NANOSECONDS)) {
        throw unavailable("the session is closed");
      }
      Optional<Update> update = update();
      if (update.isPresent()) {
        return update.get();
      }
      Duration left = maxWait.minusNanos(System.nanoTime() - start);
      if (read.isPresent() && (left.isZero() || left.isNegative())) {
        return new Update.Changes(List.of());
      }
      // The first snapshot is worth a wait: a file that is being saved is whole soon.
      Duration pause = read.isPresent() && left.compareTo(poll) < 0 ? left : poll;
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Optional<Update> update() throws InventoryException, InterruptedException {
    Verdict verdict = file.check(read.isEmpty());
    if (verdict instanceof Verdict.Broken broken) {
      throw new InventoryException(broken.failure(), broken.problem(), broken.remedy());
    }
    if (!(verdict instanceof Verdict.Settled settled)
        || read.filter(last -> last == settled.ledger()).isPresent()) {
      return Optional.empty();
    }
    boolean first = read.isEmpty();
    Inventory now = settled.ledger().seenBy(username);
    List<Change> changes = now.changesSince(returned);
    read = Optional.of(settled.ledger());
    returned = now;
    if (first) {
      return Optional.of(new Update.Snapshot(now));
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(new Update.Changes(changes));
  }

  private InventoryException unavailable(String why) {
    return new InventoryException(Failure.UNAVAILABLE, file + ": " + why);
  }

  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      onClose.run();
    }
  }

  @Override
  public String toString() {
    return "session of " + username + " on " + file;
  }
}
