package io.vminventory.testkit.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that are still to come. Thread-safe. */
public final class Faults {

  private final List<Fault> waiting = new ArrayList<>();

  Faults() {}

  /** Adds a fault; of several that fit a request, the one added first hits it. */
  public synchronized void inject(Fault fault) {
    if (fault.times() > 0) {
      waiting.add(fault);
    }
  }

  /** Forgets all that have not happened yet. */
  public synchronized void clear() {
    waiting.clear();
  }

  /** How many requests are still to be hit. */
  public synchronized int remaining() {
    return waiting.stream().mapToInt(Fault::times).sum();
  }

  /** The fault that hits this request, used up by one. */
  synchronized Optional<Fault> hit(ApiRequest request) {
    for (int i = 0; i < waiting.size(); i++) {
      Fault fault = waiting.get(i);
      if (fault.hits(request)) {
        if (fault.times() == 1) {
          waiting.remove(i);
        } else {
          waiting.set(i, fault.times(fault.times() - 1));
        }
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
