package io.vminventory.operator.tenant;

import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reporter of one tenant's mirror: log lines and events for people, and a reconciliation for every
 * change of state. Called by the mirror's thread only.
 */
final class TenantReporter implements MirrorListener {

  private static final Logger log = LoggerFactory.getLogger(TenantReporter.class);

  /** A read that changes more records has one event with their numbers. */
  private static final int MAX_MACHINE_EVENTS = 20;

  /** Thousands of records may fail for one reason; more lines would repeat it. */
  private static final int MAX_PROBLEM_LINES = 10;

  /** Long-run rate of a tenant whose machines change all the time: one event in this period. */
  private static final Duration MACHINE_EVENT_PERIOD = Duration.ofSeconds(6);

  private final TenantResource tenant;
  private final Events events;
  private final Consumer<TenantId> reconcile;
  private final TokenBucket machineEvents;
  private String lastWarning = "";

  TenantReporter(
      TenantResource tenant, Events events, Consumer<TenantId> reconcile, InstantSource clock) {
    this.tenant = tenant;
    this.events = events;
    this.reconcile = reconcile;
    this.machineEvents = new TokenBucket(MAX_MACHINE_EVENTS, MACHINE_EVENT_PERIOD, clock);
  }

  @Override
  public void stateChanged(TenantId id) {
    reconcile.accept(id);
  }

  @Override
  public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result) {
    String summary =
        "%d created, %d changed, %d removed, %d unchanged"
            .formatted(
                result.count(Kind.CREATED),
                result.count(Kind.CHANGED),
                result.count(Kind.DELETED),
                result.unchanged());
    if (kind == ReadKind.COMPLETE) {
      log.info("read complete: {}", summary);
      events.record(tenant, Events.Type.Normal, Reason.ReadComplete, "read complete: " + summary);
    } else if (!result.writes().isEmpty()) {
      log.info("changes written: {}", summary);
    }
    // The first is in the failure that follows.
    result.problems().stream()
        .skip(1)
        .limit(MAX_PROBLEM_LINES)
        .forEach(
            p -> log.warn("{}: record {}: {}", Reason.RecordsNotWritten, p.record(), p.message()));
    if (!first) {
      reportMachines(spec.tenant().target(), result.writes());
    }
    if (result.heldDeletions() > 0) {
      warn(
          Reason.MassDeletionHeld,
          "%d deletions are held until you confirm them: annotate this Tenant with %s=%d"
              .formatted(
                  result.heldDeletions(),
                  Names.CONFIRM_DELETION_ANNOTATION,
                  result.heldDeletions()));
    } else if (result.problems().isEmpty()) {
      lastWarning = "";
    }
  }

  @Override
  public void failed(MirrorSpec spec, FailedAttempt failure) {
    log.warn(
        "{} (try {}, next at {}): {}",
        failure.reason(),
        failure.attempts(),
        failure.retryAt(),
        failure.message());
    warn(failure.reason(), failure.message());
  }

  /** An event, unless the last warning was the same. */
  private void warn(Reason reason, String message) {
    String warning = reason + ": " + message;
    if (!warning.equals(lastWarning)) {
      lastWarning = warning;
      events.record(tenant, Events.Type.Warning, reason, message);
    }
  }

  private void reportMachines(String namespace, List<SinkResult.Write> writes) {
    if (writes.size() > MAX_MACHINE_EVENTS) {
      return;
    }
    int omitted = 0;
    for (SinkResult.Write write : writes) {
      if (machineEvents.tryTake()) {
        reportMachine(namespace, write);
      } else {
        omitted++;
      }
    }
    if (omitted > 0) {
      log.info("{} events omitted, because there were too many", omitted);
    }
  }

  private void reportMachine(String namespace, SinkResult.Write write) {
    switch (write.kind()) {
      case CREATED ->
          events.recordVm(namespace, write.record(), Reason.Discovered, write.summary());
      case CHANGED -> events.recordVm(namespace, write.record(), Reason.Changed, write.summary());
      case DELETED ->
          events.record(
              tenant,
              Events.Type.Normal,
              Reason.MachineGone,
              "record " + write.record() + " removed: " + write.summary());
    }
  }
}
