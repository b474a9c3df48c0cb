package io.vminventory.operator.mirror;

import io.vminventory.api.InventorySink;
import io.vminventory.api.TenantId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All mirrors of this process: starts, steers and ends them. Thread-safe. */
public final class Mirrors {

  private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

  /** A mirror that has not ended by then is left to itself; its thread is a daemon. */
  private static final Duration ENDING = Duration.ofSeconds(8);

  private final InventorySink sink;
  private final InstantSource clock;
  private final Map<TenantId, Running> running = new HashMap<>();
  private boolean closed;

  private record Running(MirrorControl control, Thread thread) {}

  public Mirrors(InventorySink sink, InstantSource clock) {
    this.sink = sink;
    this.clock = clock;
  }

  /**
   * Makes sure that the tenant's mirror runs and does what the spec says.
   *
   * @param initial where a mirror that has to be started begins
   * @param listener hears from a mirror that has to be started
   * @return its state
   */
  public synchronized MirrorState ensure(
      MirrorSpec spec, Supplier<MirrorState> initial, MirrorListener listener) {
    TenantId id = spec.tenant().id();
    Running mirror = running.get(id);
    if (mirror == null) {
      MirrorState state = initial.get();
      if (!closed) {
        running.put(id, start(id, new Mirror(spec, state, sink, listener, clock)));
      }
      return state;
    }
    mirror.control().update(spec);
    return mirror.control().state();
  }

  private static Running start(TenantId id, Mirror mirror) {
    Thread thread = new Thread(mirror, "mirror-" + id);
    thread.setDaemon(true);
    thread.start();
    return new Running(mirror.control(), thread);
  }

  /** The state of a tenant's mirror, if it has one. */
  public synchronized Optional<MirrorState> state(TenantId tenant) {
    return Optional.ofNullable(running.get(tenant)).map(mirror -> mirror.control().state());
  }

  /** Ends the tenant's mirror, if it has one: its session is logged out when this returns. */
  public void stop(TenantId tenant) throws InterruptedException {
    @Nullable Running mirror;
    synchronized (this) {
      mirror = running.remove(tenant);
    }
    if (mirror != null) {
      end(List.of(mirror));
    }
  }

  /** Ends all mirrors, and starts none from now on. */
  public void close() throws InterruptedException {
    List<Running> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(running.values());
      running.clear();
    }
    end(all);
  }

  /** Whether every mirror's thread is alive. */
  public synchronized boolean healthy() {
    return running.values().stream().allMatch(mirror -> mirror.thread().isAlive());
  }

  private static void end(List<Running> mirrors) throws InterruptedException {
    for (Running mirror : mirrors) {
      mirror.control().stop();
      mirror.thread().interrupt();
    }
    long deadline = System.nanoTime() + ENDING.toNanos();
    for (Running mirror : mirrors) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      mirror.thread().join(Math.max(1, left));
      if (mirror.thread().isAlive()) {
        log.warn("{} does not end; its session may stay open", mirror.thread().getName());
      }
    }
  }
}
