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
    end(tenant);
  }

  /**
   * To be called at the end of a reconciliation: ends again what it has begun for a Tenant that
   * vanished meanwhile, perhaps after {@link #onResourceDeleted}.
   *
   * @param known the Tenant of that name as it is known now; empty if there is none
   */
  void reconciled(TenantResource tenant, Optional<TenantResource> known) {
    String uid = Tenants.uid(tenant);
    if (known.filter(now -> Tenants.uid(now).equals(uid)).isEmpty()) {
      end(tenant);
    }
  }

  private void end(TenantResource tenant) {
    mirrors.requestStop(Tenants.id(tenant), Tenants.uid(tenant));
    metrics.forget(Tenants.id(tenant));
  }
}
