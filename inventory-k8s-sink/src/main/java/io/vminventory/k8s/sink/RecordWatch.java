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
 * Fills the cache, and keeps it true from then on: lists all records, then watches them. A
 * connection that ends is followed by another that goes on where it ended; if that cannot be made,
 * or the version has expired, all is listed again. It never gives up.
 *
 * <p>Owns one thread, {@code vm-records}, which {@link #start()} sets to work.
 */
final class RecordWatch<R extends HasMetadata> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RecordWatch.class);

  /** How long to rely on one connection: one that is dead without a sign looks like a quiet one. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  /** A connection that ends sooner and has told nothing was none. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final RecordStore<R> store;
  private final RecordCache<R> cache;
  private final Duration longest;
  private final WatchState state;
  private final AtomicBoolean started = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "vm-records");

  /**
   * @param longest how long to rely on one connection
   */
  RecordWatch(RecordStore<R> store, RecordCache<R> cache, Duration longest) {
    this.store = store;
    this.cache = cache;
    this.longest = longest;
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
          follow(list());
        } catch (RuntimeException e) {
          if (state.closed()) {
            return; // An interrupted client call may surface as any unchecked exception.
          }
          state.failed(e);
          log.warn("{}", state.problem().orElse(""));
          log.debug("the watch on records has failed", e);
          state.pause();
        }
      }
    } catch (InterruptedException e) {
      log.debug("the watch on records ends");
    }
  }

  /** Returns the version as of which the objects were listed. */
  private String list() throws InterruptedException {
    state.asking(Request.LIST);
    RecordCache.Before before = cache.beforeList();
    KubernetesResourceList<R> page = store.page(null);
    String version = page.getMetadata().getResourceVersion();
    List<R> all = new ArrayList<>(page.getItems());
    for (String next = page.getMetadata().getContinue();
        next != null && !next.isEmpty();
        next = page.getMetadata().getContinue()) {
      page = store.page(next);
      all.addAll(page.getItems());
    }
    cache.listed(before, all, version);
    log.debug("{} records listed as of {}", all.size(), version);
    return version;
  }

  /** Watches from one connection to the next until it is interrupted, or it throws. */
  private void follow(String listed) throws InterruptedException {
    String version = listed;
    while (!state.closed()) {
      state.asking(Request.WATCH);
      WatchStream<R> stream = new WatchStream<>(cache, version);
      long begin = System.nanoTime();
      boolean ended;
      try (Watch watch = store.watch(version, longest.multipliedBy(2), stream)) {
        state.live();
        ended = stream.awaitEnd(longest);
      }
      if (!stream.awaitEnd(PATIENCE)) {
        throw new KubernetesClientException("the connection does not end");
      }
      Optional<KubernetesClientException> broken = stream.broken();
      if (broken.isPresent()) {
        throw broken.get();
      }
      boolean soon = System.nanoTime() - begin < SHORTEST.toNanos();
      if (ended && soon && !stream.told()) {
        throw new KubernetesClientException("the connection ended at once");
      }
      state.lasted();
      version = stream.version();
    }
  }

  /** Ends the thread; waits for it some seconds at most. */
  @Override
  public void close() {
    state.close();
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
