package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.operator.mirror.Setback;
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

  private final TenantResource tenant;
  private final KubernetesClient client;
  private final Events events;
  private final Consumer<TenantId> reconcile;
  private String lastTrouble = "";

  TenantReporter(
      TenantResource tenant, KubernetesClient client, Events events, Consumer<TenantId> reconcile) {
    this.tenant = tenant;
    this.client = client;
    this.events = events;
    this.reconcile = reconcile;
  }

  @Override
  public void changed(TenantId id) {
    reconcile.accept(id);
  }

  @Override
  public void applied(MirrorSpec spec, Reading reading, boolean first, SinkResult result) {
    String summary =
        "%d created, %d changed, %d removed, %d unchanged"
            .formatted(
                result.count(Kind.CREATED),
                result.count(Kind.CHANGED),
                result.count(Kind.DELETED),
                result.unchanged());
    if (reading == Reading.COMPLETE) {
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
          "%d deletions are held until they are confirmed".formatted(result.heldDeletions()));
    } else if (result.problems().isEmpty()) {
      lastTrouble = "";
    }
  }

  @Override
  public void failed(MirrorSpec spec, Setback setback) {
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
    for (SinkResult.Write write : writes) {
      switch (write.kind()) {
        case CREATED -> tellMachine(namespace, write, "Discovered");
        case CHANGED -> tellMachine(namespace, write, "Changed");
        case DELETED ->
            events.record(
                tenant,
                Events.Type.Normal,
                "MachineGone",
                "record " + write.record() + " removed: " + write.summary());
      }
    }
  }

  private void tellMachine(String namespace, SinkResult.Write write, String reason) {
    try {
      VmResource record =
          client.resources(VmResource.class).inNamespace(namespace).withName(write.record()).get();
      if (record != null) {
        events.record(record, Events.Type.Normal, reason, write.summary());
      }
    } catch (KubernetesClientException e) {
      log.warn("no event about record {}: {}", write.record(), e.getMessage());
    }
  }
}
