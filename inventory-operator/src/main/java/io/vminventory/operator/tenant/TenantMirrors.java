package io.vminventory.operator.tenant;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.Mirrors;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Mirrors of Tenants: started, updated and stopped as their specs and preconditions demand. */
final class TenantMirrors {

  private final Mirrors mirrors;
  private final Events events;
  private final Metrics metrics;
  private final Consumer<TenantId> reconcile;
  private final InstantSource clock;

  /**
   * @param reconcile called by a mirror's thread when its state has changed
   */
  TenantMirrors(
      Mirrors mirrors,
      Events events,
      Metrics metrics,
      Consumer<TenantId> reconcile,
      InstantSource clock) {
    this.mirrors = mirrors;
    this.events = events;
    this.metrics = metrics;
    this.reconcile = reconcile;
    this.clock = clock;
  }

  boolean running(TenantId id) {
    return mirrors.state(id).isPresent();
  }

  /**
   * Makes sure that the Tenant has the mirror that its spec describes, or none if a precondition is
   * not satisfied.
   *
   * @return the mirror's state; empty without a mirror
   */
  Optional<MirrorState> ensureMirror(TenantResource tenant, PreconditionResult preconditions)
      throws InterruptedException {
    Optional<Satisfied> satisfied = preconditions.satisfied();
    if (satisfied.isEmpty()) {
      boolean unused = stop(Tenants.id(tenant));
      return Optional.empty();
    }
    TenantSpec spec = tenant.getSpec();
    MirrorSpec mirror =
        new MirrorSpec(
            satisfied.get().tenant(),
            satisfied.get().provider(),
            spec.sync(),
            Tenants.interval(spec),
            Tenants.requests(tenant),
            Tenants.confirmedDeletions(tenant));
    return Optional.of(
        mirrors.ensure(
            mirror,
            Tenants.uid(tenant),
            () -> restoreState(TenantStatusBuilder.current(tenant), satisfied.get()),
            metrics.instrument(new TenantReporter(tenant, events, reconcile, clock))));
  }

  /** The state that an earlier process or an earlier mirror left in the status. */
  private MirrorState restoreState(TenantStatus status, Satisfied satisfied) {
    String request = status.lastHandledRequest();
    MirrorState initial =
        MirrorState.initial(
            Optional.ofNullable(status.execDate()),
            request == null ? Set.of() : Set.of(Tenants.syncToken(request)));
    return LoginCooldown.restore(status, satisfied, clock.instant())
        .map(initial::failed)
        .orElse(initial);
  }

  /**
   * Stops the Tenant's mirror, if it has one.
   *
   * @return false if the mirror has not ended yet and may still write
   */
  boolean stop(TenantId id) throws InterruptedException {
    return mirrors.stop(id);
  }
}
