package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Injected faults of the simulator. Every fault applies to a bounded number of calls. */
public final class Faults {

  /** Matches every method. */
  public static final String ANY_METHOD = "*";

  private static final class Rule {
    private final String method;
    private final SimulatedFault fault;
    private int skip;
    private int times;

    Rule(String method, int skip, int times, SimulatedFault fault) {
      this.method = method;
      this.skip = skip;
      this.times = times;
      this.fault = fault;
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private CountDownLatch release = new CountDownLatch(1);
  private int held;

  Faults() {}

  /** Injects a fault into the next call of a method. */
  public void inject(String method, SimulatedFault fault) {
    inject(method, 1, fault);
  }

  /** Injects a fault into the next calls of a method. */
  public void inject(String method, int times, SimulatedFault fault) {
    injectAfter(method, 0, times, fault);
  }

  /** Injects a fault into the next calls of a method after {@code skip} calls that pass. */
  public synchronized void injectAfter(String method, int skip, int times, SimulatedFault fault) {
    rules.add(new Rule(method, skip, times, fault));
  }

  /** Rejects the next logins, whatever the password. */
  public void failLogins(int times) {
    inject("Login", times, SimulatedFault.soap("InvalidLogin"));
  }

  /** Removes pending faults and releases held calls. */
  public synchronized void clear() {
    rules.clear();
    release();
  }

  /** Releases all calls held by a delay or by {@code noResponse}. */
  public synchronized void release() {
    release.countDown();
    release = new CountDownLatch(1);
  }

  /** The number of calls that are held now. */
  public synchronized int held() {
    return held;
  }

  /** The oldest fault that matches this call; counts it. */
  synchronized Optional<SimulatedFault> take(String method) {
    Iterator<Rule> iterator = rules.iterator();
    while (iterator.hasNext()) {
      Rule rule = iterator.next();
      if (rule.method.equals(method) || rule.method.equals(ANY_METHOD)) {
        if (rule.skip > 0) {
          rule.skip--;
        } else {
          if (--rule.times <= 0) {
            iterator.remove();
          }
          return Optional.of(rule.fault);
        }
      }
    }
    return Optional.empty();
  }

  /** Holds the calling thread until the next release, at most for this time. */
  void hold(Duration atMost) throws InterruptedException {
    CountDownLatch next;
    synchronized (this) {
      next = release;
      held++;
    }
    try {
      boolean unused = next.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      synchronized (this) {
        held--;
      }
    }
  }
}
