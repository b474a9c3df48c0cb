package io.vminventory.operator.kube;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that a watch has ended for good: it found an object that cannot be read, and only
 * another process would begin another. The SDK would end this one on the spot, sessions and all.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("rawtypes") // as the SDK declares it
public final class InformerFailures implements InformerStoppedHandler {

  private static final Logger log = LoggerFactory.getLogger(InformerFailures.class);

  private final AtomicReference<@Nullable String> reason = new AtomicReference<>();

  /** Called when a watch is closed too, without an error then. */
  @Override
  public void onStop(SharedIndexInformer informer, @Nullable Throwable error) {
    if (error != null) {
      String kind = informer.getApiTypeClass().getSimpleName();
      log.error("the watch on {} has ended", kind, error);
      reason.set("the watch on " + kind + " has ended; see the log");
    }
  }

  /** Why the process has to be restarted, if it has to. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason.get());
  }
}
