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

/** What one account sees of a ledger: remembers what it told, and tells the difference. */
final class LedgerSession implements InventorySession {

  private final LedgerFile file;
  private final String username;
  private final Duration poll;
  private final Runnable onClose;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Ledger> seen = Optional.empty();
  private Inventory told = Inventory.of("", List.of());
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
      throw over("the session has failed before; open another");
    }
    finished = true;
    Update update = await(maxWait, System.nanoTime());
    finished = false;
    return update;
  }

  private Update await(Duration maxWait, long start)
      throws InventoryException, InterruptedException {
    while (true) {
      if (closed.await(0, TimeUnit.NANOSECONDS)) {
        throw over("the session is closed");
      }
      Optional<Update> news = news();
      if (news.isPresent()) {
        return news.get();
      }
      Duration left = maxWait.minusNanos(System.nanoTime() - start);
      if (seen.isPresent() && (left.isZero() || left.isNegative())) {
        return new Update.Changes(List.of());
      }
      // The first snapshot is worth waiting for: a file that is just being saved is soon whole.
      Duration pause = seen.isPresent() && left.compareTo(poll) < 0 ? left : poll;
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Optional<Update> news() throws InventoryException, InterruptedException {
    Verdict verdict = file.look(seen.isEmpty());
    if (verdict instanceof Verdict.Broken broken) {
      throw new InventoryException(broken.failure(), broken.message());
    }
    if (!(verdict instanceof Verdict.Settled settled)
        || seen.filter(last -> last == settled.ledger()).isPresent()) {
      return Optional.empty();
    }
    boolean first = seen.isEmpty();
    Inventory now = settled.ledger().seenBy(username);
    List<Change> changes = now.changesSince(told);
    seen = Optional.of(settled.ledger());
    told = now;
    if (first) {
      return Optional.of(new Update.Snapshot(now));
    }
    return changes.isEmpty() ? Optional.empty() : Optional.of(new Update.Changes(changes));
  }

  private InventoryException over(String why) {
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
