package io.vminventory.operator.kube;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Informers that ended for good, because they received an object that cannot be parsed; only a
 * restart of the process helps. The SDK would exit at once, without logging out sessions.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("rawtypes") // as the SDK declares it
public final class InformerFailures implements InformerStoppedHandler {

  private static final Logger log = LoggerFactory.getLogger(InformerFailures.class);

  private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

  /** The SDK also calls this, without an error, for an informer that is closed. */
  @Override
  public void onStop(SharedIndexInformer informer, @Nullable Throwable error) {
    if (error != null) {
      String kind = informer.getApiTypeClass().getSimpleName();
      log.error("the watch on {} has ended", kind, error);
      problem.set("the watch on " + kind + " has ended; see the log");
    }
  }

  /** Why the process has to be restarted; empty if it need not be. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem.get());
  }
}
