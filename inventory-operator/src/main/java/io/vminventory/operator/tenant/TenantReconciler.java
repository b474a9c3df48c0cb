package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
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
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.metrics.TenantFacts;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.Mirrors;
import io.vminventory.operator.tenant.PreconditionResult.Reason;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings one Tenant's mirror and status in line with its spec. Level-triggered: it looks at what is
 * there and may be repeated at any time.
 */
@ControllerConfiguration(name = "vminventory", finalizerName = "vminventory.io/records")
public final class TenantReconciler implements Reconciler<TenantResource>, Cleaner<TenantResource> {

  private static final Logger log = LoggerFactory.getLogger(TenantReconciler.class);

  /** What an API server that answers says at least. */
  private static final int LEAST_CODE = 100;

  private static final int NOT_FOUND = 404;

  /** How soon a corrected Secret or Namespace counts: neither is watched. */
  private static final Duration WHILE_REFUSED = Duration.ofSeconds(10);

  /** How soon a corrected password counts: somebody may well sit and wait for it. */
  private static final Duration WHILE_LOGIN_REFUSED = Duration.ofSeconds(2);

  /** How soon to look whether a mirror has ended that took long. */
  private static final Duration WHILE_ENDING = Duration.ofSeconds(1);

  /** How soon to look whether this process may write again. */
  private static final Duration WHILE_NOT_PERMITTED = Duration.ofSeconds(2);

  /** How soon a withdrawn consent or Secret counts. */
  private static final Duration OTHERWISE = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final TenantPreconditions gate;
  private final Mirrors mirrors;
  private final KubernetesInventorySink sink;
  private final Events events;
  private final WritePermit permit;
  private final Metrics metrics;
  private final Servers servers;
  private final InstantSource clock;
  private final MirrorEvents pushed;

  /**
   * A reconciler without state of its own.
   *
   * @param client reads Secrets and Namespaces by name, and writes Tenants
   * @param servers what a Tenant may name
   * @param mirrors runs what this steers
   * @param sink releases the records of Tenants that are deleted
   * @param events tells people what happened
   * @param permit while it is not granted, everything stays as it is
   * @param metrics counts what happened
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
    this.client = client;
    this.gate = new TenantPreconditions(servers, new KubernetesCluster(client));
    this.mirrors = mirrors;
    this.sink = sink;
    this.events = events;
    this.permit = permit;
    this.metrics = metrics;
    this.servers = servers;
    this.clock = clock;
    this.pushed = new MirrorEvents(mirrors, metrics);
  }

  @Override
  public List<EventSource<?, TenantResource>> prepareEventSources(
      EventSourceContext<TenantResource> context) {
    return List.of(pushed);
  }

  @Override
  public UpdateControl<TenantResource> reconcile(
      TenantResource tenant, Context<TenantResource> context) throws InterruptedException {
    if (!permit.granted()) {
      return UpdateControl.<TenantResource>noUpdate().rescheduleAfter(WHILE_NOT_PERMITTED);
    }
    TenantId id = Tenants.id(tenant);
    MDC.put("tenant", id.toString());
    try {
      if (!metrics.knows(id)) {
        // Before its mirror begins, so that nothing of it is missed.
        tell(tenant, Statuses.of(tenant), Optional.empty());
      }
      PreconditionResult admission = gate.admit(tenant);
      if (mayPass(admission) && mirrors.state(id).isPresent()) {
        log.warn(
            "not reconciled, next try soon: the API server does not let the Tenant be checked");
        return UpdateControl.<TenantResource>noUpdate().rescheduleAfter(WHILE_REFUSED);
      }
      Optional<MirrorState> state = steer(tenant, id, admission);
      UpdateControl<TenantResource> control = publish(tenant, admission, state);
      if (control.isNoUpdate() && state.isPresent()) {
        clearAnswered(tenant, state.get());
      }
      return control.rescheduleAfter(
          nextLook(admission, state.flatMap(MirrorState::failedAttempt)));
    } finally {
      pushed.reconciled(tenant, context.getPrimaryCache().get(ResourceID.fromResource(tenant)));
      MDC.remove("tenant");
    }
  }

  /** An API server that has just begun knows nobody's rights yet: no reason to log out. */
  private static boolean mayPass(PreconditionResult admission) {
    return admission instanceof Unsatisfied refused && refused.cause() == Reason.NamespaceForbidden;
  }

  /** How soon to look at the Secret and the Namespace again. */
  static Duration nextLook(PreconditionResult admission, Optional<FailedAttempt> setback) {
    if (admission instanceof Satisfied admitted
        && setback.filter(last -> last.isRefusalOf(admitted.tenant())).isPresent()) {
      return WHILE_LOGIN_REFUSED;
    }
    return admission instanceof Unsatisfied || setback.isPresent() ? WHILE_REFUSED : OTHERWISE;
  }

  private Optional<MirrorState> steer(
      TenantResource tenant, TenantId id, PreconditionResult admission)
      throws InterruptedException {
    if (!(admission instanceof Satisfied admitted)) {
      mirrors.stop(id);
      return Optional.empty();
    }
    TenantSpec spec = tenant.getSpec();
    MirrorSpec mirror =
        new MirrorSpec(
            admitted.tenant(),
            admitted.provider(),
            spec.sync(),
            Tenants.interval(spec),
            Tenants.requests(tenant),
            Tenants.confirmedDeletions(tenant));
    return Optional.of(
        mirrors.ensure(
            mirror,
            Tenants.uid(tenant),
            () -> earlier(Statuses.of(tenant), admitted),
            metrics.observed(new TenantReporter(tenant, events, pushed::push, clock))));
  }

  /** Where an earlier process, or an earlier mirror, left off. */
  private MirrorState earlier(TenantStatus status, Satisfied admitted) {
    String request = status.lastHandledRequest();
    MirrorState initial =
        MirrorState.initial(
            Optional.ofNullable(status.execDate()),
            request == null ? Set.of() : Set.of(Tenants.syncToken(request)));
    return LoginRefusals.remembered(status, admitted, clock.instant())
        .map(initial::failed)
        .orElse(initial);
  }

  /**
   * Takes back the requests of the spec and the annotations that a read has answered; once its
   * status tells of that read, so that whoever waits for the one finds the other.
   */
  private void clearAnswered(TenantResource tenant, MirrorState state) {
    boolean exec =
        tenant.getSpec().execFlag() && state.reads().handled().contains(Tenants.execToken(tenant));
    boolean confirmed =
        Tenants.annotation(tenant, Names.CONFIRM_DELETION_ANNOTATION)
            .map(Tenants::confirmToken)
            .filter(state.reads().handled()::contains)
            .isPresent();
    if (!exec && !confirmed) {
      return;
    }
    String annotations =
        confirmed
            ? ",\"annotations\":{\"%s\":null}".formatted(Names.CONFIRM_DELETION_ANNOTATION)
            : "";
    String patch =
        "{\"metadata\":{\"resourceVersion\":\"%s\"%s}%s}"
            .formatted(
                tenant.getMetadata().getResourceVersion(),
                annotations,
                exec ? ",\"spec\":{\"execFlag\":false}" : "");
    try {
      client.resource(tenant).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409 && e.getCode() != NOT_FOUND) {
        throw e;
      }
      log.debug("the Tenant has changed meanwhile; its next event comes here again");
    }
  }

  private UpdateControl<TenantResource> publish(
      TenantResource tenant, PreconditionResult admission, Optional<MirrorState> state) {
    TenantStatus status = Statuses.next(tenant, admission, state, clock.instant());
    tell(tenant, status, state);
    if (status.equals(tenant.getStatus())) {
      return UpdateControl.noUpdate();
    }
    if (admission instanceof Unsatisfied refused
        && !ready(status).equals(ready(Statuses.of(tenant)))) {
      tellRefusal(tenant, refused);
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

  /** A server that is not configured is whatever somebody typed, so it becomes no label. */
  private void tell(TenantResource tenant, TenantStatus status, Optional<MirrorState> state) {
    TenantSpec spec = tenant.getSpec();
    String server = servers.find(spec.server()).isPresent() ? spec.server() : "unknown";
    boolean regular = spec.sync() != SyncMode.MANUAL && !spec.suspend();
    metrics.tell(
        Tenants.id(tenant),
        server,
        new TenantFacts(
            status.condition("Ready").filter(c -> c.status().equals(Condition.TRUE)).isPresent(),
            spec.suspend(),
            Optional.ofNullable(status.vmCount()),
            Optional.ofNullable(status.execDate()),
            regular ? Optional.of(Tenants.interval(spec)) : Optional.empty(),
            state.map(s -> s.inventory().heldDeletions()).orElse(0)));
  }

  private static String ready(TenantStatus status) {
    return status.condition("Ready").map(Condition::message).orElse("");
  }

  /** The mirror that could tell it does not run. */
  private void tellRefusal(TenantResource tenant, Unsatisfied refused) {
    log.warn("{}: {}", refused.cause(), refused.message());
    events.record(tenant, Events.Type.Warning, refused.cause().name(), refused.message());
  }

  /** What the API server did not take is said in a line, and tried again. */
  @Override
  public ErrorStatusUpdateControl<TenantResource> updateErrorStatus(
      TenantResource tenant, Context<TenantResource> context, Exception thrown) {
    Optional<KubernetesClientException> refusal = refusal(thrown);
    if (refusal.isEmpty()) {
      return ErrorStatusUpdateControl.defaultErrorProcessing();
    }
    MDC.put("tenant", Tenants.id(tenant).toString());
    int code = refusal.get().getCode();
    if (code < LEAST_CODE || code == NOT_FOUND) {
      // No answer at all concerns all Tenants, and is said once for all of them. One that is not
      // found is gone, or the API server has just begun and does not know its kind yet.
      log.debug("not reconciled, next try soon", refusal.get());
    } else {
      log.warn("not reconciled, next try soon: {}", refusal.get().getMessage());
    }
    MDC.remove("tenant");
    return ErrorStatusUpdateControl.<TenantResource>noStatusUpdate().rescheduleAfter(WHILE_REFUSED);
  }

  /** The SDK wraps what a reconciler throws. */
  private static Optional<KubernetesClientException> refusal(Exception thrown) {
    Throwable cause = thrown instanceof KubernetesClientException ? thrown : thrown.getCause();
    return cause instanceof KubernetesClientException refusal
        ? Optional.of(refusal)
        : Optional.empty();
  }

  @Override
  public DeleteControl cleanup(TenantResource tenant, Context<TenantResource> context)
      throws InterruptedException {
    if (!permit.granted()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_NOT_PERMITTED.toMillis());
    }
    TenantId id = Tenants.id(tenant);
    MDC.put("tenant", id.toString());
    try {
      if (!mirrors.stop(id)) {
        // What it still writes would outlive the Tenant.
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_ENDING.toMillis());
      }
      sink.release(id, Tenants.target(tenant), tenant.getSpec().deletionPolicy());
      log.info("tenant deleted, records: {}", tenant.getSpec().deletionPolicy());
      return DeleteControl.defaultDelete();
    } catch (InventoryException e) {
      log.warn("the records cannot be released yet: {}", e.getMessage());
      events.record(tenant, Events.Type.Warning, "RecordsNotReleased", e.getMessage());
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_REFUSED.toMillis());
    } finally {
      MDC.remove("tenant");
    }
  }
}
