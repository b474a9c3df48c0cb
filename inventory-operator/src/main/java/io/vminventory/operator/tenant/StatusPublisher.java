package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.metrics.TenantGauges;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publisher of a Tenant's status: as a patch, as metrics, and as events about preconditions. */
final class StatusPublisher {

  private static final Logger log = LoggerFactory.getLogger(StatusPublisher.class);

  private final Servers servers;
  private final Events events;
  private final Metrics metrics;
  private final InstantSource clock;

  StatusPublisher(Servers servers, Events events, Metrics metrics, InstantSource clock) {
    this.servers = servers;
    this.events = events;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Registers the metrics of a new Tenant before its mirror starts, so that no count is lost. */
  void register(TenantResource tenant) {
    if (!metrics.isRegistered(Tenants.id(tenant))) {
      updateMetrics(tenant, TenantStatusBuilder.current(tenant), Optional.empty());
    }
  }

  /** The patch that brings the Tenant's status up to date; no update if it is. */
  UpdateControl<TenantResource> publish(
      TenantResource tenant, PreconditionResult preconditions, Optional<MirrorState> state) {
    TenantStatus status = TenantStatusBuilder.build(tenant, preconditions, state, clock.instant());
    updateMetrics(tenant, status, state);
    if (status.equals(tenant.getStatus())) {
      return UpdateControl.noUpdate();
    }
    if (!readyMessage(status).equals(readyMessage(TenantStatusBuilder.current(tenant)))) {
      preconditions.unsatisfied().ifPresent(unsatisfied -> report(tenant, unsatisfied));
    }
    TenantResource patch = new TenantResource();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(tenant.getMetadata().getName())
            .withNamespace(tenant.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    return UpdateControl.patchStatus(patch);
  }

  private static String readyMessage(TenantStatus status) {
    return status.condition(Conditions.READY).map(Condition::message).orElse("");
  }

  /** No mirror runs that could report it. */
  private void report(TenantResource tenant, Unsatisfied unsatisfied) {
    log.warn("{}: {}", unsatisfied.reason(), unsatisfied.message());
    events.record(tenant, Events.Type.Warning, unsatisfied.reason(), unsatisfied.message());
  }

  private void updateMetrics(
      TenantResource tenant, TenantStatus status, Optional<MirrorState> state) {
    TenantSpec spec = tenant.getSpec();
    // The name of a server that is not configured is arbitrary text, so it is not used as a label.
    String server = servers.find(spec.server()).isPresent() ? spec.server() : "unknown";
    boolean periodic = spec.sync() != SyncMode.MANUAL && !spec.suspend();
    metrics.update(
        Tenants.id(tenant),
        server,
        new TenantGauges(
            status
                .condition(Conditions.READY)
                .filter(ready -> ready.status().equals(Condition.TRUE))
                .isPresent(),
            spec.suspend(),
            Optional.ofNullable(status.vmCount()),
            Optional.ofNullable(status.execDate()),
            periodic ? Optional.of(Tenants.interval(spec)) : Optional.empty(),
            state.map(s -> s.inventory().heldDeletions()).orElse(0)));
  }
}
