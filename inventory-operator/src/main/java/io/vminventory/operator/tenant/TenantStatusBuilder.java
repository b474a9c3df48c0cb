package io.vminventory.operator.tenant;

import io.vminventory.k8s.Condition;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.tenant.Conditions.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a Tenant's status. Pure. Facts of an earlier mirror are kept while there is none, and
 * no field exceeds the bounds of the custom resource definition.
 */
final class TenantStatusBuilder {

  private static final int VERSION_LENGTH = 256;
  private static final int MESSAGE_LENGTH = 32_768;

  private TenantStatusBuilder() {}

  static TenantStatus current(TenantResource resource) {
    return Objects.requireNonNullElseGet(resource.getStatus(), TenantStatus::empty);
  }

  /**
   * The status to publish; equal to the current one if nothing has changed.
   *
   * @param now the transition time of conditions whose status changes
   */
  static TenantStatus build(
      TenantResource resource,
      PreconditionResult preconditions,
      Optional<MirrorState> state,
      Instant now) {
    TenantStatus previous = current(resource);
    boolean pending =
        state.map(s -> !s.reads().handled().containsAll(Tenants.requests(resource))).orElse(false);
    Long generation = resource.getMetadata().getGeneration();
    List<Condition> conditions =
        new Conditions(
                preconditions, state, pending, nextRead(resource, state), previous.conditions())
            .statements().stream()
                .map(statement -> condition(statement, previous, generation, now))
                .toList();
    return new TenantStatus(
        generation,
        Tenants.target(resource),
        state
            .flatMap(s -> s.reads().last())
            .map(TenantStatusBuilder::seconds)
            .orElse(previous.execDate()),
        state.flatMap(s -> handledRequest(resource, s)).orElse(previous.lastHandledRequest()),
        state
            .map(s -> s.inventory().serverVersion())
            .filter(version -> !version.isEmpty())
            .map(version -> DisplayText.clean(version, VERSION_LENGTH))
            .orElse(previous.serverVersion()),
        state.flatMap(s -> s.inventory().machines()).orElse(previous.vmCount()),
        conditions);
  }

  private static Optional<Instant> nextRead(TenantResource resource, Optional<MirrorState> state) {
    TenantSpec spec = resource.getSpec();
    return state
        .flatMap(s -> s.reads().last())
        // Changes only with execDate, so it never needs a patch of its own.
        .map(TenantStatusBuilder::seconds)
        .filter(last -> spec.sync() != SyncMode.MANUAL)
        .map(last -> MirrorSpec.nextRead(last, Tenants.interval(spec), Tenants.id(resource)));
  }

  private static Optional<String> handledRequest(TenantResource resource, MirrorState state) {
    return Tenants.syncRequest(resource)
        .filter(request -> state.reads().handled().contains(Tenants.syncToken(request)));
  }

  private static Condition condition(
      Statement statement, TenantStatus previous, @Nullable Long generation, Instant now) {
    Instant since =
        previous
            .condition(statement.type())
            .filter(last -> last.status().equals(statement.status()))
            .map(Condition::lastTransitionTime)
            .orElse(seconds(now));
    return new Condition(
        statement.type(),
        statement.status(),
        statement.reason(),
        DisplayText.clean(statement.message(), MESSAGE_LENGTH),
        since,
        generation);
  }

  /** Times in Kubernetes have a resolution of one second. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
