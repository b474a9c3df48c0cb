package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults that are waiting for their calls. Every fault is for a bounded number of calls. */
public final class Faults {

  /** Stands for every method. */
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
  private int releases;
  private int held;

  Faults() {}

  /** Lets the next call of a method go wrong. */
  public void inject(String method, SimulatedFault fault) {
    inject(method, 1, fault);
  }

  /** Lets the next calls of a method go wrong. */
  public void inject(String method, int times, SimulatedFault fault) {
    injectAfter(method, 0, times, fault);
  }

  /** Lets some calls of a method pass, and the next ones go wrong. */
  public synchronized void injectAfter(String method, int skip, int times, SimulatedFault fault) {
    rules.add(new Rule(method, skip, times, fault));
  }

  /** Refuses the next logins, whatever the password. */
  public void failLogins(int times) {
    inject("Login", times, SimulatedFault.soap("InvalidLogin"));
  }

  /** Forgets the faults that have not happened, and releases the calls that are held. */
  public synchronized void clear() {
    rules.clear();
    release();
  }

  /** Lets go on all calls that a delay or silence is holding. */
  public synchronized void release() {
    releases++;
    notifyAll();
  }

  /** How many calls a delay or silence is holding now. */
  public synchronized int held() {
    return held;
  }

  /** The fault of this call, if it has one: the oldest rule that fits. */
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

  /** Holds the calling thread until the next release, at most for a time. */
  synchronized void hold(Duration atMost) throws InterruptedException {
    int before = releases;
    long end = System.nanoTime() + atMost.toNanos();
    held++;
    try {
      while (releases == before) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } finally {
      held--;
    }
  }
}
