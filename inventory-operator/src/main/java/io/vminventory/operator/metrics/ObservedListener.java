package io.vminventory.operator.metrics;

import io.vminventory.api.SinkResult;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorSpec;
import java.time.Duration;

/** Counts what another listener hears. */
record ObservedListener(MirrorListener listener, Metrics metrics) implements MirrorListener {

  @Override
  public void changed(TenantId tenant) {
    listener.changed(tenant);
  }

  @Override
  public void applied(MirrorSpec spec, Reading reading, boolean first, SinkResult result) {
    metrics.tenant(spec.tenant().id()).ifPresent(meters -> meters.applied(result));
    listener.applied(spec, reading, first, result);
  }

  @Override
  public void caughtUp(MirrorSpec spec, Duration lag) {
    metrics
        .tenant(spec.tenant().id())
        .ifPresent(meters -> metrics.server(meters.server()).written(lag));
    listener.caughtUp(spec, lag);
  }

  @Override
  public void failed(MirrorSpec spec, FailedAttempt setback) {
    metrics.tenant(spec.tenant().id()).ifPresent(meters -> meters.failed(setback));
    listener.failed(spec, setback);
  }
}
