package io.vminventory.operator.tenant;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.Mirrors;

/**
 * Connects mirrors and reconciliations: a mirror's news bring its Tenant a reconciliation, and a
 * Tenant that vanishes without one, because somebody took its finalizer away, ends its mirror. The
 * metrics of every Tenant that vanishes end here.
 */
final class MirrorEvents extends SimpleInboundEventSource<TenantResource>
    implements ResourceEventAware<TenantResource> {

  private final Mirrors mirrors;
  private final Metrics metrics;

  MirrorEvents(Mirrors mirrors, Metrics metrics) {
    super("mirrors");
    this.mirrors = mirrors;
    this.metrics = metrics;
  }

  /** Asks for a reconciliation. From any thread. */
  void push(TenantId id) {
    propagateEvent(new ResourceID(id.name(), id.namespace()));
  }

  @Override
  public void onResourceDeleted(TenantResource tenant) {
    mirrors.abandon(Tenants.id(tenant), Tenants.uid(tenant));
    metrics.forget(Tenants.id(tenant));
  }
}
