package io.vminventory.operator.metrics;

import io.vminventory.api.SinkResult;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorSpec;
import java.time.Duration;

/** Mirror listener that counts what it passes on to another one. */
record MeteredListener(MirrorListener listener, Metrics metrics) implements MirrorListener {

  @Override
  public void stateChanged(TenantId tenant) {
    listener.stateChanged(tenant);
  }

  @Override
  public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result) {
    metrics.tenant(spec.tenant().id()).ifPresent(meters -> meters.applied(result));
    listener.applied(spec, kind, first, result);
  }

  @Override
  public void changesWritten(MirrorSpec spec, Duration lag) {
    metrics
        .tenant(spec.tenant().id())
        .ifPresent(meters -> metrics.server(meters.server()).recordLag(lag));
    listener.changesWritten(spec, lag);
  }

  @Override
  public void failed(MirrorSpec spec, FailedAttempt failure) {
    metrics.tenant(spec.tenant().id()).ifPresent(meters -> meters.failed(failure));
    listener.failed(spec, failure);
  }
}
