package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vminventory.k8s.VmResource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the watch: gives what it tells to the cache, in order, in threads of the
 * client, until it ends.
 */
final class WatchStream implements Watcher<VmResource> {

  private final RecordCache cache;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String version;
  private volatile boolean told;
  private volatile @Nullable WatcherException reason;

  /**
   * @param version after which the watch begins
   */
  WatchStream(RecordCache cache, String version) {
    this.cache = cache;
    this.version = version;
  }

  @Override
  public void eventReceived(Action action, VmResource vm) {
    VmStore.lighten(vm);
    told = true;
    version = RecordVersions.of(vm);
    switch (action) {
      case ADDED, MODIFIED -> cache.seen(vm);
      case DELETED -> cache.gone(vm);
      case BOOKMARK, ERROR -> {} // The client handles errors itself.
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
