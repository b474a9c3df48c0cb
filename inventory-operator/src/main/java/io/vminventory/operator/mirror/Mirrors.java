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

/** All mirrors of this process: starts, updates and stops them. Thread-safe. */
public final class Mirrors {

  private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

  /** The wait for all mirrors to end at shutdown; their threads are daemons. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);

  /** The wait for one mirror to end; short, because the caller serves other tenants too. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(1);

  private final InventorySink sink;
  private final InstantSource clock;
  private final Consumer<TenantId> onLoginEnd;
  private final Map<TenantId, Running> running = new HashMap<>();
  private boolean closed;

  private record Running(String uid, MirrorControl control, Thread thread) {}

  /**
   * @param onLoginEnd called by the mirror's thread when all work of one login has ended, and what
   *     is kept to compare the next inventory with is of no use any more
   */
  public Mirrors(InventorySink sink, InstantSource clock, Consumer<TenantId> onLoginEnd) {
    this.sink = sink;
    this.clock = clock;
    this.onLoginEnd = onLoginEnd;
  }

  /**
   * Makes sure that the tenant's mirror runs with this spec. Stops the mirror of an earlier Tenant
   * of that name first. Starts none while a mirror is still ending; call again then.
   *
   * @param uid distinguishes Tenants that have the same name one after the other
   * @param initial the first state of a mirror that has to be started
   * @param listener the listener of a mirror that has to be started
   * @return the mirror's state
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
          Mirror started = new Mirror(spec, state, sink, onLoginEnd, listener, clock);
          running.put(id, start(uid, id, started, listener));
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
        (dead, error) -> log.error("mirror of {} has died; restart the operator", id, error));
    thread.start();
    return new Running(uid, mirror.control(), thread);
  }

  /**
   * Removes a mirror that was stopped; one that died stays, so that {@link #healthy} reports it.
   */
  private void ended(TenantId id, MirrorControl control, MirrorListener listener) {
    synchronized (this) {
      @Nullable Running mirror = running.get(id);
      if (closed || !control.stopped() || mirror == null || mirror.control() != control) {
        return;
      }
      running.remove(id);
    }
    // A reconciliation that could not start the next mirror meanwhile can do so now.
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
   * Reports that another client has changed or deleted a record of this tenant. A mirror that
   * watches repairs the records within a second. Returns at once; does nothing without a mirror.
   */
  public void externallyChanged(TenantId tenant) {
    find(tenant).ifPresent(mirror -> mirror.control().externallyChanged().set(true));
  }

  /**
   * Stops the tenant's mirror, if it has one, and waits a short time for its end.
   *
   * @return whether it has ended: its session is logged out, and it writes nothing any more. If
   *     not, it is still ending, and its listener is notified once it has
   */
  public boolean stop(TenantId tenant) throws InterruptedException {
    Optional<Running> mirror = find(tenant);
    return mirror.isEmpty() || stop(List.of(mirror.get()), STOP_TIMEOUT);
  }

  /** Stops the mirror of a Tenant that was deleted, if it has one, without waiting for its end. */
  public void requestStop(TenantId tenant, String uid) {
    find(tenant).filter(mirror -> mirror.uid().equals(uid)).ifPresent(Mirrors::requestStop);
  }

  /** Stops all mirrors, and starts none from now on. */
  public void close() throws InterruptedException {
    List<Running> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(running.values());
      running.clear();
    }
    boolean unused = stop(all, CLOSE_TIMEOUT);
  }

  /** Whether every mirror's thread is alive. */
  public synchronized boolean healthy() {
    return running.values().stream()
        .allMatch(mirror -> mirror.thread().isAlive() || mirror.control().stopped());
  }

  private static void requestStop(Running mirror) {
    mirror.control().stop();
    mirror.thread().interrupt();
  }

  private static boolean stop(List<Running> mirrors, Duration timeout) throws InterruptedException {
    mirrors.forEach(Mirrors::requestStop);
    int ending = 0;
    long deadline = System.nanoTime() + timeout.toNanos();
    for (Running mirror : mirrors) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      mirror.thread().join(Math.max(1, left));
      if (mirror.thread().isAlive()) {
        ending++;
        log.debug("{} has not ended yet", mirror.thread().getName());
      }
    }
    if (ending > 0) {
      log.warn("{} mirrors have not ended yet; their sessions may stay open", ending);
    }
    return ending == 0;
  }
}
