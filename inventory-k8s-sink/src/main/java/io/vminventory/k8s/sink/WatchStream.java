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
 * One connection of the watch: gives what it tells to the cache, in order, in threads of the
 * client, until it ends.
 */
final class WatchStream<R extends HasMetadata> implements Watcher<R> {

  private final RecordCache<R> cache;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String version;
  private volatile boolean told;
  private volatile @Nullable WatcherException reason;

  /**
   * @param version after which the watch begins
   */
  WatchStream(RecordCache<R> cache, String version) {
    this.cache = cache;
    this.version = version;
  }

  @Override
  public void eventReceived(Action action, R record) {
    told = true;
    version = RecordVersions.of(record);
    switch (action) {
      case ADDED, MODIFIED -> cache.seen(RecordStore.lighten(record));
      case DELETED -> cache.gone(RecordStore.lighten(record));
      case BOOKMARK, ERROR -> {} // A bookmark has only a version; the client handles errors.
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    reason = cause;
    ended.countDown();
  }

  @Override
  public void onClose() {
    ended.countDown();
  }

  /** The version up to which all has been told. */
  String version() {
    return version;
  }

  /** Whether it has told anything. */
  boolean told() {
    return told;
  }

  /** Whether it ended in time. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Why another connection cannot go on where this one ended: the version has expired, or what came
   * could not be read. Empty if it can.
   */
  Optional<KubernetesClientException> broken() {
    return Optional.ofNullable(reason)
        .filter(e -> e.isHttpGone() || e.getCause() != null || e.getRawWatchMessage().isPresent())
        .map(WatcherException::asClientException);
  }
}
