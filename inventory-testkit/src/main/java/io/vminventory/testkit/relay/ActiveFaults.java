package io.vminventory.testkit.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The faults of a relay that are not healed. Thread-safe. */
final class ActiveFaults {

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

  /** Adds a fault: HTTP statuses queue up, of the others the last of a kind counts. */
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

  /** Lets those who wait look whether they still have to. */
  synchronized void wake() {
    notifyAll();
  }

  synchronized <F extends RelayFault> Optional<F> find(Class<F> kind) {
    return Optional.ofNullable(kind.cast(byKind.get(kind)));
  }

  /** Whether a new connection is to be reset; counts it. */
  synchronized boolean takeReset() {
    RelayFault.ResetNext next =
        find(RelayFault.ResetNext.class).filter(f -> f.connections() > 0).orElse(null);
    if (next == null) {
      return false;
    }
    byKind.put(next.getClass(), new RelayFault.ResetNext(next.connections() - 1));
    return true;
  }

  /** Whether a connection that has got so far is to be cut; counts it. */
  synchronized boolean takeCut() {
    RelayFault.Cut cut = find(RelayFault.Cut.class).filter(f -> f.connections() > 0).orElse(null);
    if (cut == null) {
      return false;
    }
    byKind.put(cut.getClass(), new RelayFault.Cut(cut.bytes(), cut.connections() - 1));
    return true;
  }

  /** The status that a request is to be answered with, the oldest that fits; counts it. */
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

  /** Waits while connections are held, or until this one has ended. */
  synchronized void awaitRelease(BooleanSupplier ended) throws InterruptedException {
    while (byKind.containsKey(RelayFault.Hold.class) && !ended.getAsBoolean()) {
      wait(1000);
    }
  }

  /** Waits for a time, or until all is healed, or until this connection has ended. */
  synchronized void pause(Duration time, BooleanSupplier ended) throws InterruptedException {
    int before = heals;
    long end = System.nanoTime() + time.toNanos();
    while (heals == before && !ended.getAsBoolean()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }
}
