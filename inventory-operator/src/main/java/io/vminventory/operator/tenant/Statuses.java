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
 * The status of a Tenant. Pure; nothing that is known is lost while there is no mirror, and nothing
 * exceeds the bounds that the custom resource definition sets.
 */
final class Statuses {

  private static final int VERSION_LENGTH = 256;
  private static final int MESSAGE_LENGTH = 32_768;

  private Statuses() {}

  static TenantStatus of(TenantResource resource) {
    return Objects.requireNonNullElseGet(resource.getStatus(), TenantStatus::empty);
  }

  /**
   * The status to publish; equal to the present one if there is nothing new to tell.
   *
   * @param now when a condition becomes another one
   */
  static TenantStatus next(
      TenantResource resource,
      PreconditionResult admission,
      Optional<MirrorState> state,
      Instant now) {
    TenantStatus before = of(resource);
    boolean pending =
        state.map(s -> !s.reads().handled().containsAll(Tenants.requests(resource))).orElse(false);
    Long generation = resource.getMetadata().getGeneration();
    List<Condition> conditions =
        new Conditions(admission, state, pending, nextRead(resource, state), before.conditions())
            .statements().stream()
                .map(statement -> condition(statement, before, generation, now))
                .toList();
    return new TenantStatus(
        generation,
        Tenants.target(resource),
        state.flatMap(s -> s.reads().last()).map(Statuses::seconds).orElse(before.execDate()),
        state.flatMap(s -> handledRequest(resource, s)).orElse(before.lastHandledRequest()),
        state
            .map(s -> s.inventory().serverVersion())
            .filter(version -> !version.isEmpty())
            .map(version -> DisplayText.clean(version, VERSION_LENGTH))
            .orElse(before.serverVersion()),
        state.flatMap(s -> s.inventory().machines()).orElse(before.vmCount()),
        conditions);
  }

  private static Optional<Instant> nextRead(TenantResource resource, Optional<MirrorState> state) {
    TenantSpec spec = resource.getSpec();
    return state
        .flatMap(s -> s.reads().last())
        // Another time only if execDate is another: no patch of its own.
        .map(Statuses::seconds)
        .filter(last -> spec.sync() != SyncMode.MANUAL)
        .map(last -> MirrorSpec.nextRead(last, Tenants.interval(spec), Tenants.id(resource)));
  }

  private static Optional<String> handledRequest(TenantResource resource, MirrorState state) {
    return Tenants.syncRequest(resource)
        .filter(request -> state.reads().handled().contains(Tenants.syncToken(request)));
  }

  private static Condition condition(
      Statement statement, TenantStatus before, @Nullable Long generation, Instant now) {
    Instant since =
        before
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

  /** Kubernetes tells times to the second. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
