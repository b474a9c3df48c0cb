package io.vminventory.operator.tenant;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.Mirrors;
import java.util.Optional;

/**
 * Event source of the mirrors: a mirror's change of state triggers a reconciliation of its Tenant.
 * If a Tenant disappears without a last reconciliation, because its finalizer was removed, it loses
 * its mirror and its metrics here.
 */
final class MirrorEventSource extends SimpleInboundEventSource<TenantResource>
    implements ResourceEventAware<TenantResource> {

  private final Mirrors mirrors;
  private final Metrics metrics;

  MirrorEventSource(Mirrors mirrors, Metrics metrics) {
    super("mirrors");
    this.mirrors = mirrors;
    this.metrics = metrics;
  }

  /** Triggers a reconciliation. Thread-safe. */
  void trigger(TenantId id) {
    propagateEvent(new ResourceID(id.name(), id.namespace()));
  }

  @Override
  public void onResourceDeleted(TenantResource tenant) {
    cleanUp(tenant);
  }

  /**
   * Cleans up again if the Tenant was deleted or replaced during its reconciliation, which may have
   * started its mirror after {@link #onResourceDeleted} stopped it.
   *
   * @param cached the Tenant of that name now; empty if there is none
   */
  void afterReconcile(TenantResource tenant, Optional<TenantResource> cached) {
    String uid = Tenants.uid(tenant);
    if (cached.filter(now -> Tenants.uid(now).equals(uid)).isEmpty()) {
      cleanUp(tenant);
    }
  }

  private void cleanUp(TenantResource tenant) {
    mirrors.requestStop(Tenants.id(tenant), Tenants.uid(tenant));
    metrics.remove(Tenants.id(tenant));
  }
}
