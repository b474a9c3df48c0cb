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
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Map<String, ServerMeters> servers = new ConcurrentHashMap<>();
  private final Map<TenantId, TenantMeters> tenants = new ConcurrentHashMap<>();

  /** Registers the metrics of the JVM and the process. */
  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  /**
   * Registers the gauge of the operator's readiness.
   *
   * @param ready called at each scrape; must not block
   */
  public void registerReadiness(BooleanSupplier ready) {
    Gauge.builder("vminventory.operator.ready", () -> ready.getAsBoolean() ? 1 : 0)
        .description("Whether the operator is ready, as /readyz reports")
        .register(registry);
  }

  /** The same provider with its sessions counted and timed. */
  public InventoryProvider instrument(String server, InventoryProvider provider) {
    return new MeteredProvider(provider, server(server), this);
  }

  /** The same listener with its calls counted. */
  public MirrorListener instrument(MirrorListener listener) {
    return new MeteredListener(listener, this);
  }

  /**
   * Updates the gauges of a Tenant, and registers its meters if it is new.
   *
   * @param server the label of its series; a change of it starts them again
   */
  public void update(TenantId tenant, String server, TenantGauges gauges) {
    tenants.compute(
        tenant,
        (id, present) -> {
          if (present != null && present.server().equals(server)) {
            present.update(gauges);
            return present;
          }
          if (present != null) {
            present.remove();
          }
          return new TenantMeters(id, server, gauges, registry);
        });
  }

  /** Whether this Tenant has meters. */
  public boolean isRegistered(TenantId tenant) {
    return tenants.containsKey(tenant);
  }

  /** Removes the meters of a deleted Tenant. */
  public void remove(TenantId tenant) {
    tenants.computeIfPresent(
        tenant,
        (id, present) -> {
          present.remove();
          return null;
        });
  }

  /** The meters of a Tenant; empty if it is not registered or was removed. */
  Optional<TenantMeters> tenant(TenantId tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  ServerMeters server(String server) {
    return servers.computeIfAbsent(server, name -> new ServerMeters(name, registry));
  }

  /** All metrics in the text format of Prometheus, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
