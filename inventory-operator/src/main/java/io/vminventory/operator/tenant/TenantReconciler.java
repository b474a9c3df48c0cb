package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.vminventory.api.InventoryException;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.Mirrors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Reconciler of Tenants: brings mirror and status in line with the spec. Level-triggered. */
@ControllerConfiguration(name = "vminventory", finalizerName = "vminventory.io/records")
public final class TenantReconciler implements Reconciler<TenantResource>, Cleaner<TenantResource> {

  private static final Logger log = LoggerFactory.getLogger(TenantReconciler.class);

  private static final String MDC_TENANT = "tenant";

  /** How soon a corrected Secret or Namespace counts: neither is watched. */
  private static final Duration FAILURE_INTERVAL = Duration.ofSeconds(10);

  /** How soon a corrected password counts: a person may be waiting for it. */
  private static final Duration LOGIN_REFUSED_INTERVAL = Duration.ofSeconds(2);

  /** How soon to check whether a slow mirror has ended. */
  private static final Duration STOPPING_INTERVAL = Duration.ofSeconds(1);

  /** How soon to check whether this process may write again. */
  private static final Duration NO_PERMIT_INTERVAL = Duration.ofSeconds(2);

  /** How soon a withdrawn consent or Secret counts. */
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final TenantPreconditions preconditions;
  private final TenantMirrors mirrors;
  private final StatusPublisher publisher;
  private final RequestAcknowledger acknowledger;
  private final KubernetesInventorySink sink;
  private final Events events;
  private final WritePermit permit;
  private final MirrorEventSource mirrorEvents;

  /**
   * A reconciler without state of its own.
   *
   * @param client reads Secrets and Namespaces by name, and writes Tenants
   * @param servers the servers that a Tenant can name
   * @param sink releases the records of deleted Tenants
   * @param permit while it is not granted, everything stays as it is
   */
  public TenantReconciler(
      KubernetesClient client,
      Servers servers,
      Mirrors mirrors,
      KubernetesInventorySink sink,
      Events events,
      WritePermit permit,
      Metrics metrics,
      InstantSource clock) {
    this.preconditions = new TenantPreconditions(servers, new ClusterReader(client));
    this.mirrorEvents = new MirrorEventSource(mirrors, metrics);
    this.mirrors = new TenantMirrors(mirrors, events, metrics, mirrorEvents::trigger, clock);
    this.publisher = new StatusPublisher(servers, events, metrics, clock);
    this.acknowledger = new RequestAcknowledger(client);
    this.sink = sink;
    this.events = events;
    this.permit = permit;
  }

  @Override
  public List<EventSource<?, TenantResource>> prepareEventSources(
      EventSourceContext<TenantResource> context) {
    return List.of(mirrorEvents);
  }

  @Override
  public UpdateControl<TenantResource> reconcile(
      TenantResource tenant, Context<TenantResource> context) throws InterruptedException {
    if (!permit.granted()) {
      return UpdateControl.<TenantResource>noUpdate().rescheduleAfter(NO_PERMIT_INTERVAL);
    }
    TenantId id = Tenants.id(tenant);
    MDC.put(MDC_TENANT, id.toString());
    try {
      publisher.register(tenant);
      PreconditionResult result = preconditions.check(tenant);
      if (isTransient(result) && mirrors.running(id)) {
        log.warn(
            "not reconciled, next try soon: the API server does not let the Tenant be checked");
        return UpdateControl.<TenantResource>noUpdate().rescheduleAfter(FAILURE_INTERVAL);
      }
      Optional<MirrorState> state = mirrors.ensureMirror(tenant, result);
      UpdateControl<TenantResource> control = publisher.publish(tenant, result, state);
      if (control.isNoUpdate() && state.isPresent()) {
        acknowledger.acknowledge(tenant, state.get());
      }
      return control.rescheduleAfter(
          requeueAfter(result, state.flatMap(MirrorState::failedAttempt)));
    } finally {
      mirrorEvents.afterReconcile(
          tenant, context.getPrimaryCache().get(ResourceID.fromResource(tenant)));
      MDC.remove(MDC_TENANT);
    }
  }

  /** An API server that has just started knows no rights yet, which is no reason to log out. */
  private static boolean isTransient(PreconditionResult result) {
    return result
        .unsatisfied()
        .filter(unsatisfied -> unsatisfied.reason() == Reason.NamespaceForbidden)
        .isPresent();
  }

  /** When to check the Secret and the Namespace again. */
  static Duration requeueAfter(PreconditionResult result, Optional<FailedAttempt> failure) {
    Duration afterFailure = failure.isPresent() ? FAILURE_INTERVAL : INTERVAL;
    return result.map(
        satisfied ->
            failure.filter(last -> last.isRefusalOf(satisfied.tenant())).isPresent()
                ? LOGIN_REFUSED_INTERVAL
                : afterFailure,
        suspended -> afterFailure,
        unsatisfied -> FAILURE_INTERVAL);
  }

  @Override
  public ErrorStatusUpdateControl<TenantResource> updateErrorStatus(
      TenantResource tenant, Context<TenantResource> context, Exception thrown) {
    MDC.put(MDC_TENANT, Tenants.id(tenant).toString());
    try {
      return ReconcileErrors.translate(thrown, FAILURE_INTERVAL);
    } finally {
      MDC.remove(MDC_TENANT);
    }
  }

  @Override
  public DeleteControl cleanup(TenantResource tenant, Context<TenantResource> context)
      throws InterruptedException {
    if (!permit.granted()) {
      return retryCleanup(NO_PERMIT_INTERVAL);
    }
    TenantId id = Tenants.id(tenant);
    MDC.put(MDC_TENANT, id.toString());
    try {
      if (!mirrors.stop(id)) {
        return retryCleanup(STOPPING_INTERVAL); // What it still writes would outlive the Tenant.
      }
      sink.release(id, Tenants.target(tenant), tenant.getSpec().deletionPolicy());
      log.info("Tenant deleted, records: {}", tenant.getSpec().deletionPolicy());
      return DeleteControl.defaultDelete();
    } catch (InventoryException e) {
      log.warn("{}: {}", Reason.RecordsNotReleased, e.getMessage());
      events.record(tenant, Events.Type.Warning, Reason.RecordsNotReleased, e.getMessage());
      return retryCleanup(FAILURE_INTERVAL);
    } finally {
      MDC.remove(MDC_TENANT);
    }
  }

  private static DeleteControl retryCleanup(Duration after) {
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(after.toMillis());
  }
}
