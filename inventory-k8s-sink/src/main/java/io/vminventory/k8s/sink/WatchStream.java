package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watch connection, which passes its events to the cache in order. The client's threads call
 * it.
 */
final class WatchStream<R extends HasMetadata> implements Watcher<R> {

  private final RecordCache<R> cache;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String version;
  private volatile boolean receivedAny;
  private volatile @Nullable WatcherException closeCause;

  /**
   * @param version the version from which to watch
   */
  WatchStream(RecordCache<R> cache, String version) {
    this.cache = cache;
    this.version = version;
  }

  @Override
  public void eventReceived(Action action, R record) {
    receivedAny = true;
    version = RecordVersions.of(record);
    switch (action) {
      case ADDED, MODIFIED -> cache.onUpdate(RecordStore.stripManagedFields(record));
      case DELETED -> cache.onDelete(RecordStore.stripManagedFields(record));
      case BOOKMARK, ERROR -> {} // A bookmark has only a version; the client handles errors.
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    closeCause = cause;
    closed.countDown();
  }

  @Override
  public void onClose() {
    closed.countDown();
  }

  /** The version of the last event or bookmark. */
  String version() {
    return version;
  }

  /** Whether any event or bookmark has arrived. */
  boolean receivedAny() {
    return receivedAny;
  }

  /** Waits for the connection to close; returns whether it did in time. */
  boolean awaitClose(Duration limit) throws InterruptedException {
    return closed.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * The failure after which no other connection can continue from the last version: the version has
   * expired, or an event could not be decoded. Empty if the next connection can continue.
   */
  Optional<KubernetesClientException> failure() {
    return Optional.ofNullable(closeCause)
        .filter(e -> e.isHttpGone() || e.getCause() != null || e.getRawWatchMessage().isPresent())
        .map(WatcherException::asClientException);
  }
}
