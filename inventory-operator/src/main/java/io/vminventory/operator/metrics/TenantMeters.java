package io.vminventory.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Meters of one Tenant. All are registered at once, so that each series starts at zero. */
final class TenantMeters {

  private static final double MILLIS = 1_000;

  private final String server;
  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();
  private final Timer reads;
  private final Map<Kind, Counter> writes = new EnumMap<>(Kind.class);
  private final Map<Reason, Counter> failures = new EnumMap<>(Reason.class);
  private final Counter unwritten;
  private volatile TenantGauges gauges;

  TenantMeters(TenantId tenant, String server, TenantGauges gauges, MeterRegistry registry) {
    this.server = server;
    this.gauges = gauges;
    this.registry = registry;
    this.tags =
        Tags.of("server", server, "tenant_namespace", tenant.namespace(), "tenant", tenant.name());
    gauge("ready", "Whether the records are up to date", "", f -> f.ready() ? 1 : 0);
    gauge("suspended", "Whether the Tenant is suspended", "", f -> f.suspended() ? 1 : 0);
    gauge(
        "vms",
        "Machines in the last inventory",
        "",
        f -> f.vms().map(Integer::doubleValue).orElse(Double.NaN));
    gauge(
        "last.read.timestamp",
        "When the last complete read ended",
        "seconds",
        f -> f.lastRead().map(at -> at.toEpochMilli() / MILLIS).orElse(Double.NaN));
    gauge(
        "read.interval",
        "The time between two complete reads",
        "seconds",
        f -> f.interval().map(time -> time.toMillis() / MILLIS).orElse(Double.NaN));
    gauge(
        "deletions.held",
        "Deletions that wait for a confirmation",
        "",
        TenantGauges::heldDeletions);
    reads =
        registered(
            Timer.builder("vminventory.tenant.read.duration")
                .description("From the beginning of a login to the end of the complete read")
                .tags(tags)
                .register(registry));
    for (Kind kind : Kind.values()) {
      writes.put(
          kind, counter("writes", "Records that were written", Tags.of("kind", label(kind))));
    }
    for (Reason reason : FailedAttempt.REASONS) {
      failures.put(
          reason, counter("failures", "Attempts that failed", Tags.of("reason", reason.name())));
    }
    unwritten = counter("write.errors", "Writes of records that failed", Tags.empty());
  }

  private void gauge(
      String name, String description, String unit, ToDoubleFunction<TenantGauges> value) {
    registered(
        Gauge.builder(
                "vminventory.tenant." + name, this, tenant -> value.applyAsDouble(tenant.gauges))
            .description(description)
            .baseUnit(unit.isEmpty() ? null : unit)
            .strongReference(true)
            .tags(tags)
            .register(registry));
  }

  private Counter counter(String name, String description, Tags more) {
    return registered(
        Counter.builder("vminventory.tenant." + name)
            .description(description)
            .tags(tags.and(more))
            .register(registry));
  }

  private <M extends Meter> M registered(M meter) {
    meters.add(meter);
    return meter;
  }

  private static String label(Kind kind) {
    return switch (kind) {
      case CREATED -> "created";
      case CHANGED -> "changed";
      case DELETED -> "removed";
    };
  }

  String server() {
    return server;
  }

  void update(TenantGauges values) {
    gauges = values;
  }

  void read(Duration took) {
    reads.record(took);
  }

  void applied(SinkResult result) {
    writes.forEach((kind, counter) -> counter.increment(result.count(kind)));
    unwritten.increment(result.problems().size());
  }

  void failed(FailedAttempt failure) {
    Objects.requireNonNull(failures.get(failure.reason())).increment();
  }

  /** Unregisters all meters. */
  void remove() {
    meters.forEach(registry::remove);
  }
}
