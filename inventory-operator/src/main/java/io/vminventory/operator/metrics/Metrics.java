package io.vminventory.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.MirrorListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * All metrics of this process. Each Tenant has a fixed number of series, which go with it.
 *
 * <p>Thread-safe. Nothing here does input or output or waits for a mirror.
 */
public final class Metrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, ServerMeters> servers = new ConcurrentHashMap<>();
  private final Map<TenantId, TenantMeters> tenants = new ConcurrentHashMap<>();

  /** Begins with the metrics of the JVM and the process. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /**
   * Tells whether the operator does its work.
   *
   * @param ready asked at each scrape; must answer at once
   */
  public void observeReadiness(BooleanSupplier ready) {
    Gauge.builder("vminventory.operator.ready", () -> ready.getAsBoolean() ? 1 : 0)
        .description("Whether the operator is ready, as /readyz says")
        .register(registry);
  }

  /** The same provider, whose sessions are counted and timed from now on. */
  public InventoryProvider observed(String server, InventoryProvider provider) {
    return new ObservedProvider(provider, server(server), this);
  }

  /** The same listener, with what it hears counted. */
  public MirrorListener observed(MirrorListener listener) {
    return new ObservedListener(listener, this);
  }

  /**
   * Says what has become of a Tenant; its first series begin here.
   *
   * @param server what its series are labelled with; another one than before begins them anew
   */
  public void tell(TenantId tenant, String server, TenantFacts facts) {
    tenants.compute(
        tenant,
        (id, present) -> {
          if (present != null && present.server().equals(server)) {
            present.tell(facts);
            return present;
          }
          if (present != null) {
            present.remove();
          }
          return new TenantMeters(id, server, facts, registry);
        });
  }

  /** Whether series of this Tenant have begun. */
  public boolean knows(TenantId tenant) {
    return tenants.containsKey(tenant);
  }

  /** Removes all series of a Tenant that is gone. */
  public void forget(TenantId tenant) {
    tenants.computeIfPresent(
        tenant,
        (id, present) -> {
          present.remove();
          return null;
        });
  }

  /** The meters of a Tenant that is known and not gone. */
  Optional<TenantMeters> tenant(TenantId tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  ServerMeters server(String server) {
    return servers.computeIfAbsent(server, name -> new ServerMeters(name, registry));
  }

  /** Everything, in the text format of Prometheus, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
