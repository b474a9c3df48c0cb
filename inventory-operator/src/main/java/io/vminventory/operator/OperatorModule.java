package io.vminventory.operator;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.kube.InformerFailures;
import io.vminventory.operator.leader.LeaderElection;
import io.vminventory.operator.leader.LeaseLeaderElection;
import io.vminventory.operator.leader.NoLeaderElection;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.Mirrors;
import io.vminventory.operator.tenant.Events;
import io.vminventory.operator.tenant.TenantReconciler;
import java.time.Duration;
import java.time.InstantSource;

/** Object graph of the operator. */
public final class OperatorModule extends AbstractModule {

  /** Each takes a few requests to the API server, and up to a second to stop a mirror. */
  private static final int RECONCILIATION_THREADS = 50;

  /** How long the start waits for the first list of Tenants before it goes on without. */
  private static final Duration CACHE_SYNC_TIMEOUT = Duration.ofSeconds(10);

  private final OperatorSettings settings;
  private final Servers servers;
  private final KubernetesClient client;

  /**
   * The graph for one process.
   *
   * @param servers created from the settings; a parameter so that a test can pass its own
   * @param client closed by {@link OperatorProcess#close()}
   */
  public OperatorModule(OperatorSettings settings, Servers servers, KubernetesClient client) {
    this.settings = settings;
    this.servers = servers;
    this.client = client;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(OperatorSettings.class).toInstance(settings);
    bind(KubernetesClient.class).toInstance(client);
    bind(InstantSource.class).toInstance(InstantSource.system());
  }

  @Provides
  @Singleton
  Metrics metrics() {
    return new Metrics();
  }

  @Provides
  @Singleton
  Servers servers(Metrics metrics) {
    return servers.wrapped(metrics::instrument);
  }

  @Provides
  @Singleton
  KubernetesInventorySink sink(
      KubernetesClient client,
      OperatorSettings settings,
      LeaderElection leaderElection,
      InstantSource clock) {
    SinkOptions defaults = SinkOptions.defaults();
    return new KubernetesInventorySink(
        client,
        new SinkOptions(settings.parallelWrites(), defaults.guardPercent(), defaults.guardCount()),
        leaderElection,
        clock);
  }

  @Provides
  @Singleton
  LeaderElection leaderElection(
      KubernetesClient client, OperatorSettings settings, InstantSource clock) {
    return settings
        .lease()
        .<LeaderElection>map(
            lease ->
                new LeaseLeaderElection(
                    client, lease.namespaceOr(client.getNamespace()), lease.name(), clock))
        .orElseGet(NoLeaderElection::new);
  }

  @Provides
  @Singleton
  Mirrors mirrors(KubernetesInventorySink sink, InstantSource clock) {
    Mirrors mirrors = new Mirrors(sink, clock, sink::evict);
    sink.onExternalChange(mirrors::externallyChanged);
    return mirrors;
  }

  @Provides
  @Singleton
  InformerFailures informerFailures() {
    return new InformerFailures();
  }

  @Provides
  @Singleton
  Events events(KubernetesClient client, InstantSource clock, LeaderElection leaderElection) {
    return new Events(client, clock, leaderElection);
  }

  @Provides
  @Singleton
  TenantReconciler reconciler(
      KubernetesClient client,
      Servers servers,
      Mirrors mirrors,
      KubernetesInventorySink sink,
      Events events,
      LeaderElection leaderElection,
      Metrics metrics,
      InstantSource clock) {
    return new TenantReconciler(
        client, servers, mirrors, sink, events, leaderElection, metrics, clock);
  }

  @Provides
  @Singleton
  Operator operator(
      KubernetesClient client,
      OperatorSettings settings,
      TenantReconciler reconciler,
      InformerFailures informerFailures) {
    Operator operator =
        new Operator(
            overrider ->
                overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withConcurrentReconciliationThreads(RECONCILIATION_THREADS)
                    // The operator waits for an API server that fails, at the start as well as
                    // later.
                    .withStopOnInformerErrorDuringStartup(false)
                    .withCacheSyncTimeout(CACHE_SYNC_TIMEOUT)
                    .withInformerStoppedHandler(informerFailures)
                    .withReconciliationTerminationTimeout(Duration.ofSeconds(1)));
    operator.register(
        reconciler,
        overrider -> {
          overrider
              // Requests come as annotations, which do not count as a new generation.
              .withGenerationAware(false)
              .withRetry(
                  new GenericRetry()
                      .setInitialInterval(1_000)
                      .setIntervalMultiplier(2)
                      .setMaxInterval(120_000)
                      .withoutMaxAttempts());
          if (!settings.tenantSelector().isEmpty()) {
            overrider.withLabelSelector(settings.tenantSelector());
          }
          if (settings.watchNamespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
          } else {
            overrider.settingNamespaces(settings.watchNamespaces());
          }
        });
    return operator;
  }

  @Provides
  @Singleton
  OperatorProcess process(
      OperatorSettings settings,
      KubernetesClient client,
      Operator operator,
      Servers servers,
      Mirrors mirrors,
      KubernetesInventorySink sink,
      Events events,
      Metrics metrics,
      InformerFailures informerFailures,
      LeaderElection leaderElection) {
    return new OperatorProcess(
        settings,
        client,
        operator,
        servers,
        mirrors,
        sink,
        events,
        metrics,
        informerFailures,
        leaderElection);
  }
}
