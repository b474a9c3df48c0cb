package io.vminventory.operator.tenant;

import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
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
 * Tells what one tenant's mirror did: a log line and an event for what a person wants to know, and
 * a new reconciliation for every change of state. It is called by one mirror's thread.
 */
final class TenantReporter implements MirrorListener {

  private static final Logger log = LoggerFactory.getLogger(TenantReporter.class);

  /** More events on machines than this at once are a summary's job. */
  private static final int MOST_MACHINE_EVENTS = 20;

  /** Thousands of records may fail for one reason; more lines would tell nothing new. */
  private static final int MOST_PROBLEMS = 10;

  /** A tenant whose machines never rest gets one event in this time in the long run. */
  private static final Duration MACHINE_EVENT_PERIOD = Duration.ofSeconds(6);

  private final TenantResource tenant;
  private final Events events;
  private final Consumer<TenantId> reconcile;
  private final TokenBucket machineEvents;
  private String lastTrouble = "";

  TenantReporter(
      TenantResource tenant, Events events, Consumer<TenantId> reconcile, InstantSource clock) {
    this.tenant = tenant;
    this.events = events;
    this.reconcile = reconcile;
    this.machineEvents = new TokenBucket(MOST_MACHINE_EVENTS, MACHINE_EVENT_PERIOD, clock);
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
      events.record(tenant, Events.Type.Normal, "ReadComplete", "read complete: " + summary);
    } else if (!result.writes().isEmpty()) {
      log.info("changes written: {}", summary);
    }
    // The first is told as the setback that follows.
    result.problems().stream()
        .skip(1)
        .limit(MOST_PROBLEMS)
        .forEach(p -> log.warn("record {} not written: {}", p.record(), p.message()));
    if (!first) {
      tellMachines(spec.tenant().target(), result.writes());
    }
    if (result.heldDeletions() > 0) {
      trouble(
          "MassDeletionHeld",
          "%d deletions are held until you confirm them: annotate this Tenant with %s=%d"
              .formatted(
                  result.heldDeletions(),
                  Names.CONFIRM_DELETION_ANNOTATION,
                  result.heldDeletions()));
    } else if (result.problems().isEmpty()) {
      lastTrouble = "";
    }
  }

  @Override
  public void failed(MirrorSpec spec, FailedAttempt setback) {
    log.warn(
        "{} (try {}, next at {}): {}",
        setback.failure(),
        setback.attempts(),
        setback.retryAt(),
        setback.message());
    trouble(Conditions.reason(setback), setback.message());
  }

  /** An event for trouble that is new; the same trouble again is no news. */
  private void trouble(String reason, String message) {
    String trouble = reason + ": " + message;
    if (!trouble.equals(lastTrouble)) {
      lastTrouble = trouble;
      events.record(tenant, Events.Type.Warning, reason, message);
    }
  }

  private void tellMachines(String namespace, List<SinkResult.Write> writes) {
    if (writes.size() > MOST_MACHINE_EVENTS) {
      return;
    }
    int leftOut = 0;
    for (SinkResult.Write write : writes) {
      if (machineEvents.take()) {
        tellMachine(namespace, write);
      } else {
        leftOut++;
      }
    }
    if (leftOut > 0) {
      log.info("{} events left out, since there were so many", leftOut);
    }
  }

  private void tellMachine(String namespace, SinkResult.Write write) {
    switch (write.kind()) {
      case CREATED -> events.recordVm(namespace, write.record(), "Discovered", write.summary());
      case CHANGED -> events.recordVm(namespace, write.record(), "Changed", write.summary());
      case DELETED ->
          events.record(
              tenant,
              Events.Type.Normal,
              "MachineGone",
              "record " + write.record() + " removed: " + write.summary());
    }
  }
}
