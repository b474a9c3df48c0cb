package io.vminventory.operator.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.vminventory.api.Failure;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The meters of one Tenant; all begin at once, so that none is missing before it counts. */
final class TenantMeters {

  private static final double MILLIS = 1_000;

  private record Trouble(Stage stage, Failure failure) {}

  private final String server;
  private final MeterRegistry registry;
  private final Tags tags;
  private final List<Meter> all = new ArrayList<>();
  private final Timer reads;
  private final Map<Kind, Counter> writes = new EnumMap<>(Kind.class);
  private final Map<Trouble, Counter> failures = new HashMap<>();
  private final Counter unwritten;
  private volatile TenantFacts facts;

  TenantMeters(TenantId tenant, String server, TenantFacts facts, MeterRegistry registry) {
    this.server = server;
    this.facts = facts;
    this.registry = registry;
    this.tags =
        Tags.of("server", server, "tenant_namespace", tenant.namespace(), "tenant", tenant.name());
    gauge("ready", "Whether the records are kept true", "", f -> f.ready() ? 1 : 0);
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
        "deletions.held", "Deletions that wait for a confirmation", "", TenantFacts::heldDeletions);
    reads =
        kept(
            Timer.builder("vminventory.tenant.read.duration")
                .description("From the beginning of a login to the end of the complete read")
                .tags(tags)
                .register(registry));
    for (Kind kind : Kind.values()) {
      writes.put(
          kind, counter("writes", "Records that were written", Tags.of("kind", label(kind))));
    }
    for (Stage stage : Stage.values()) {
      for (Failure failure : Failure.values()) {
        failures.put(
            new Trouble(stage, failure),
            counter(
                "failures",
                "Tries that failed",
                Tags.of("stage", lower(stage), "failure", lower(failure))));
      }
    }
    unwritten = counter("write.errors", "Writes of records that failed", Tags.empty());
  }

  private void gauge(
      String name, String description, String unit, ToDoubleFunction<TenantFacts> value) {
    kept(
        Gauge.builder(
                "vminventory.tenant." + name, this, meters -> value.applyAsDouble(meters.facts))
            .description(description)
            .baseUnit(unit.isEmpty() ? null : unit)
            .strongReference(true)
            .tags(tags)
            .register(registry));
  }

  private Counter counter(String name, String description, Tags more) {
    return kept(
        Counter.builder("vminventory.tenant." + name)
            .description(description)
            .tags(tags.and(more))
            .register(registry));
  }

  private <M extends Meter> M kept(M meter) {
    all.add(meter);
    return meter;
  }

  private static String label(Kind kind) {
    return switch (kind) {
      case CREATED -> "created";
      case CHANGED -> "changed";
      case DELETED -> "removed";
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  String server() {
    return server;
  }

  void tell(TenantFacts news) {
    facts = news;
  }

  void read(Duration took) {
    reads.record(took);
  }

  void applied(SinkResult result) {
    writes.forEach((kind, counter) -> counter.increment(result.count(kind)));
    unwritten.increment(result.problems().size());
  }

  void failed(FailedAttempt setback) {
    Objects.requireNonNull(failures.get(new Trouble(setback.stage(), setback.failure())))
        .increment();
  }

  /** Ends all series. */
  void remove() {
    all.forEach(registry::remove);
  }
}
