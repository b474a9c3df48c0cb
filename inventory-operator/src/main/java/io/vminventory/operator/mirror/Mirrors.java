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
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All mirrors of this process: starts, steers and ends them. Thread-safe. */
public final class Mirrors {

  private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

  /** A mirror that has not ended by then is waited for no longer; its thread is a daemon. */
  private static final Duration CLOSING = Duration.ofSeconds(8);

  /** Whoever stops one mirror works for other tenants too, and can ask again. */
  private static final Duration STOPPING = Duration.ofSeconds(1);

  private final InventorySink sink;
  private final InstantSource clock;
  private final Consumer<TenantId> over;
  private final Map<TenantId, Running> running = new HashMap<>();
  private boolean closed;

  private record Running(String uid, MirrorControl control, Thread thread) {}

  /**
   * @param over told of a tenant when all is over that one login led to, by the mirror's thread:
   *     what is kept to compare the next inventory with is of no use any more
   */
  public Mirrors(InventorySink sink, InstantSource clock, Consumer<TenantId> over) {
    this.sink = sink;
    this.clock = clock;
    this.over = over;
  }

  /**
   * Makes sure that the tenant's mirror runs and does what the spec says. The mirror of an earlier
   * Tenant of that name is ended first. While a mirror still ends, none is started; ask again.
   *
   * @param uid tells Tenants of one name apart that follow one another
   * @param initial where a mirror that has to be started begins
   * @param listener hears from a mirror that has to be started
   * @return its state
   */
  public MirrorState ensure(
      MirrorSpec spec, String uid, Supplier<MirrorState> initial, MirrorListener listener)
      throws InterruptedException {
    TenantId id = spec.tenant().id();
    Optional<Running> present = find(id);
    if (present.isPresent() && !present.get().uid().equals(uid)) {
      stop(id);
    }
    synchronized (this) {
      @Nullable Running mirror = running.get(id);
      if (mirror == null) {
        MirrorState state = initial.get();
        if (!closed) {
          running.put(
              id, start(uid, id, new Mirror(spec, state, sink, over, listener, clock), listener));
        }
        return state;
      }
      if (mirror.control().stopped()) {
        return initial.get();
      }
      mirror.control().update(spec);
      return mirror.control().state();
    }
  }

  private Running start(String uid, TenantId id, Mirror mirror, MirrorListener listener) {
    Thread thread =
        MirrorThreads.unstarted(
            "mirror-" + id,
            () -> {
              try {
                mirror.run();
              } finally {
                ended(id, mirror.control(), listener);
              }
            });
    thread.setUncaughtExceptionHandler(
        (dead, error) -> log.error("{} has died; the process has to be restarted", id, error));
    thread.start();
    return new Running(uid, mirror.control(), thread);
  }

  /** Forgets a mirror that was to end; one that died stays, to be seen by {@link #healthy}. */
  private void ended(TenantId id, MirrorControl control, MirrorListener listener) {
    synchronized (this) {
      @Nullable Running mirror = running.get(id);
      if (closed || !control.stopped() || mirror == null || mirror.control() != control) {
        return;
      }
      running.remove(id);
    }
    // Whoever could not start another meanwhile may do so now.
    listener.stateChanged(id);
  }

  private synchronized Optional<Running> find(TenantId id) {
    return Optional.ofNullable(running.get(id));
  }

  /** The state of a tenant's mirror, if it has one. */
  public Optional<MirrorState> state(TenantId tenant) {
    return find(tenant).map(mirror -> mirror.control().state());
  }

  /**
   * Somebody else has changed or deleted a record of this tenant: while its mirror watches, the
   * records are put right within a second. Returns at once; does nothing if there is no mirror.
   */
  public void externallyChanged(TenantId tenant) {
    find(tenant).ifPresent(mirror -> mirror.control().disturb());
  }

  /**
   * Ends the tenant's mirror, if it has one, and waits for that, but not long.
   *
   * @return whether it has ended: its session is logged out, and it writes nothing any more.
   *     Otherwise it is on its way, and its listener hears of a change once it has ended
   */
  public boolean stop(TenantId tenant) throws InterruptedException {
    Optional<Running> mirror = find(tenant);
    return mirror.isEmpty() || end(List.of(mirror.get()), STOPPING);
  }

  /** Asks the mirror of a Tenant that is gone to end, if it has one, and does not wait for it. */
  public void requestStop(TenantId tenant, String uid) {
    find(tenant).filter(mirror -> mirror.uid().equals(uid)).ifPresent(Mirrors::interrupt);
  }

  /** Ends all mirrors, and starts none from now on. */
  public void close() throws InterruptedException {
    List<Running> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(running.values());
      running.clear();
    }
    boolean unused = end(all, CLOSING);
  }

  /** Whether every mirror's thread is alive. */
  public synchronized boolean healthy() {
    return running.values().stream()
        .allMatch(mirror -> mirror.thread().isAlive() || mirror.control().stopped());
  }

  private static void interrupt(Running mirror) {
    mirror.control().stop();
    mirror.thread().interrupt();
  }

  private static boolean end(List<Running> mirrors, Duration patience) throws InterruptedException {
    mirrors.forEach(Mirrors::interrupt);
    int late = 0;
    long deadline = System.nanoTime() + patience.toNanos();
    for (Running mirror : mirrors) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      mirror.thread().join(Math.max(1, left));
      if (mirror.thread().isAlive()) {
        late++;
        log.debug("{} has not ended yet", mirror.thread().getName());
      }
    }
    if (late > 0) {
      log.warn("{} mirrors have not ended yet; their sessions may stay open", late);
    }
    return late == 0;
  }
}
