package io.vminventory.testkit.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Injected faults of the API server. Thread-safe. */
public final class Faults {

  private final List<Fault> pending = new ArrayList<>();

  Faults() {}

  /** Injects a fault. A request takes the oldest fault that matches. */
  public synchronized void inject(Fault fault) {
    if (fault.times() > 0) {
      pending.add(fault);
    }
  }

  /** Removes all pending faults. */
  public synchronized void clear() {
    pending.clear();
  }

  /** The number of requests that pending faults apply to. */
  public synchronized int remaining() {
    return pending.stream().mapToInt(Fault::times).sum();
  }

  /** The oldest fault that matches this request; counts it. */
  synchronized Optional<Fault> take(ApiRequest request) {
    for (int i = 0; i < pending.size(); i++) {
      Fault fault = pending.get(i);
      if (fault.matches(request)) {
        if (fault.times() == 1) {
          pending.remove(i);
        } else {
          pending.set(i, fault.times(fault.times() - 1));
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
