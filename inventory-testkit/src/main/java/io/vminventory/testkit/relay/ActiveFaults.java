package io.vminventory.testkit.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Active faults of a relay. Thread-safe. */
final class ActiveFaults {

  private static final Duration FOREVER = Duration.ofDays(1);

  private static final class Status {
    private final RelayFault.HttpStatus fault;
    private int left;

    Status(RelayFault.HttpStatus fault) {
      this.fault = fault;
      this.left = fault.times();
    }
  }

  private final Map<Class<? extends RelayFault>, RelayFault> byKind = new HashMap<>();
  private final List<Status> statuses = new ArrayList<>();
  private int heals;

  /** Adds a fault. HTTP statuses queue; any other fault replaces the one of its kind. */
  synchronized void add(RelayFault fault) {
    if (fault instanceof RelayFault.HttpStatus status) {
      statuses.add(new Status(status));
    } else {
      byKind.put(fault.getClass(), fault);
    }
    notifyAll();
  }

  synchronized void clear() {
    byKind.clear();
    statuses.clear();
    heals++;
    notifyAll();
  }

  /** Makes waiting threads check again whether their connection has ended. */
  synchronized void wake() {
    notifyAll();
  }

  synchronized <F extends RelayFault> Optional<F> find(Class<F> kind) {
    return Optional.ofNullable(kind.cast(byKind.get(kind)));
  }

  /** Whether to reset a new connection; counts it. */
  synchronized boolean takeReset() {
    RelayFault.ResetNext next =
        find(RelayFault.ResetNext.class).filter(f -> f.connections() > 0).orElse(null);
    if (next == null) {
      return false;
    }
    byKind.put(next.getClass(), new RelayFault.ResetNext(next.connections() - 1));
    return true;
  }

  /** Whether to cut a connection that has reached the limit; counts it. */
  synchronized boolean takeCut() {
    RelayFault.Cut cut = find(RelayFault.Cut.class).filter(f -> f.connections() > 0).orElse(null);
    if (cut == null) {
      return false;
    }
    byKind.put(cut.getClass(), new RelayFault.Cut(cut.bytes(), cut.connections() - 1));
    return true;
  }

  /** The oldest status whose condition matches the request; counts it. */
  synchronized Optional<RelayFault.HttpStatus> takeStatus(RelayRequest request) {
    Iterator<Status> iterator = statuses.iterator();
    while (iterator.hasNext()) {
      Status status = iterator.next();
      if (status.fault.requests().test(request)) {
        if (--status.left <= 0) {
          iterator.remove();
        }
        return Optional.of(status.fault);
      }
    }
    return Optional.empty();
  }

  /** Waits while connections are held, until this one has ended. */
  synchronized void awaitRelease(BooleanSupplier ended) throws InterruptedException {
    await(() -> !byKind.containsKey(RelayFault.Hold.class) || ended.getAsBoolean(), FOREVER);
  }

  /** Waits for a time, until {@link #clear()}, or until this connection has ended. */
  synchronized void pause(Duration time, BooleanSupplier ended) throws InterruptedException {
    int before = heals;
    await(() -> heals != before || ended.getAsBoolean(), time);
  }

  private synchronized void await(BooleanSupplier condition, Duration limit)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos();
        left > 0 && !condition.getAsBoolean();
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
