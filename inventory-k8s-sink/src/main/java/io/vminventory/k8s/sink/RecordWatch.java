package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.sink.WatchState.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * List and watch that feeds the cache. When a connection ends, the next one continues from the last
 * version. If that fails or the version has expired, everything is listed again. Retries until it
 * is closed.
 *
 * <p>Owns one thread, {@code vm-records}, started by {@link #start()}.
 */
final class RecordWatch<R extends HasMetadata> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordWatch.class);

  /** Bounds how long a silently dead connection, which looks like an idle one, is trusted. */
  static final Duration CONNECTION_LIFETIME = Duration.ofMinutes(2);

  /** A connection that ends sooner without an event counts as failed. */
  private static final Duration MIN_CONNECTION_LIFETIME = Duration.ofSeconds(1);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final RecordStore<R> store;
  private final RecordCache<R> cache;
  private final Duration connectionLifetime;
  private final WatchState state;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "vm-records");

  /**
   * @param connectionLifetime when to replace a connection
   */
  RecordWatch(RecordStore<R> store, RecordCache<R> cache, Duration connectionLifetime) {
    this.store = store;
    this.cache = cache;
    this.connectionLifetime = connectionLifetime;
    this.state = new WatchState(store.errors());
    thread.setDaemon(true);
  }

  /** Safe to repeat. */
  void start() {
    if (started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  WatchState state() {
    return state;
  }

  /** Waits until the cache has been filled once; see {@link WatchState#awaitReady()}. */
  void awaitReady() throws InventoryException, InterruptedException {
    start();
    state.awaitReady();
  }

  private void run() {
    try {
      while (!state.closed()) {
        try {
          watchFrom(list());
        } catch (RuntimeException e) {
          if (state.closed()) {
            return; // An interrupted client call may surface as any unchecked exception.
          }
          state.failed(e);
          log.warn("{}", state.problem().orElse(""));
          log.debug("the watch on records has failed", e);
          state.awaitBackOff();
        }
      }
    } catch (InterruptedException e) {
      log.debug("the watch on records ends");
    }
  }

  /** Lists all objects; returns the version of the list. */
  private String list() throws InterruptedException {
    state.requesting(Request.LIST);
    RecordCache.ListStart before = cache.startList();
    KubernetesResourceList<R> page = store.page(null);
    String version = page.getMetadata().getResourceVersion();
    List<R> all = new ArrayList<>(page.getItems());
    for (String next = page.getMetadata().getContinue();
        next != null && !next.isEmpty();
        next = page.getMetadata().getContinue()) {
      page = store.page(next);
      all.addAll(page.getItems());
    }
    cache.onList(before, all, version);
    log.debug("{} records listed as of {}", all.size(), version);
    return version;
  }

  /**
   * Watches, one connection after the other, until closed or interrupted, or a connection fails.
   */
  private void watchFrom(String listed) throws InterruptedException {
    String version = listed;
    while (!state.closed()) {
      state.requesting(Request.WATCH);
      WatchStream<R> stream = new WatchStream<>(cache, version);
      long begin = System.nanoTime();
      boolean closed;
      try (Watch watch = store.watch(version, connectionLifetime.multipliedBy(2), stream)) {
        state.synced();
        closed = stream.awaitClose(connectionLifetime);
      }
      if (!stream.awaitClose(CLOSE_TIMEOUT)) {
        throw new KubernetesClientException("the connection does not end");
      }
      Optional<KubernetesClientException> failure = stream.failure();
      if (failure.isPresent()) {
        throw failure.get();
      }
      boolean soon = System.nanoTime() - begin < MIN_CONNECTION_LIFETIME.toNanos();
      if (closed && soon && !stream.receivedAny()) {
        throw new KubernetesClientException("the connection closed at once");
      }
      state.resetBackOff();
      version = stream.version();
    }
  }

  /** Ends the thread; waits at most three seconds for it. */
  @Override
  public void close() {
    state.close();
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
