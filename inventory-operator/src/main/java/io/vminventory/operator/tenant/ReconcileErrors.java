package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.vminventory.k8s.TenantResource;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translation of what a reconciliation throws into a log line and a retry. */
final class ReconcileErrors {

  private static final Logger log = LoggerFactory.getLogger(ReconcileErrors.class);

  /** The client's exceptions without a response have a code below. */
  private static final int MIN_STATUS_CODE = 100;

  private static final int NOT_FOUND = 404;

  private ReconcileErrors() {}

  /** Errors of the API server are one line and a retry; all others are the SDK's. */
  static ErrorStatusUpdateControl<TenantResource> translate(Exception thrown, Duration retryAfter) {
    Optional<KubernetesClientException> error = apiError(thrown);
    if (error.isEmpty()) {
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    int code = error.get().getCode();
    if (code < MIN_STATUS_CODE || code == NOT_FOUND) {
      // No response at all concerns all Tenants, and is logged once for all of them. One that is
      // not found is gone, or the API server has just started and does not know its kind yet.
      log.debug("not reconciled, next try soon", error.get());
    } else {
      log.warn("not reconciled, next try soon: {}", error.get().getMessage());
    }
    return ErrorStatusUpdateControl.<TenantResource>noStatusUpdate().rescheduleAfter(retryAfter);
  }

  /** The SDK wraps what a reconciler throws. */
  private static Optional<KubernetesClientException> apiError(Exception thrown) {
    Throwable cause = thrown instanceof KubernetesClientException ? thrown : thrown.getCause();
    return cause instanceof KubernetesClientException error ? Optional.of(error) : Optional.empty();
  }
}
