package io.vminventory.operator;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.http.HealthServer;
import io.vminventory.operator.kube.ApiAccess;
import io.vminventory.operator.kube.ApiReadinessProbe;
import io.vminventory.operator.kube.InformerFailures;
import io.vminventory.operator.leader.LeaderElection;
import io.vminventory.operator.leader.LeaderState;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.mirror.Mirrors;
import io.vminventory.operator.tenant.Events;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as a process: starts and stops its parts in order, and reports their health. */
public final class OperatorProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);

  private final OperatorSettings settings;
  private final KubernetesClient client;
  private final Operator operator;
  private final Servers servers;
  private final Mirrors mirrors;
  private final KubernetesInventorySink sink;
  private final Events events;
  private final Metrics metrics;
  private final InformerFailures informerFailures;
  private final LeaderElection leaderElection;
  private final ApiReadinessProbe api;
  private final AtomicReference<@Nullable HealthServer> health = new AtomicReference<>();
  private volatile boolean closing;

  OperatorProcess(
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
    this.settings = settings;
    this.client = client;
    this.operator = operator;
    this.servers = servers;
    this.mirrors = mirrors;
    this.sink = sink;
    this.events = events;
    this.metrics = metrics;
    this.informerFailures = informerFailures;
    this.leaderElection = leaderElection;
    this.api =
        new ApiReadinessProbe(
            () ->
                new ApiAccess(client, settings.watchNamespaces(), settings.tenantSelector())
                    .check()
                    .map(InventoryException::getMessage));
    metrics.registerReadiness(
        () -> leaderElection.state() == LeaderState.LEADING && unready().isEmpty());
  }

  /**
   * Builds the object graph; {@link #start()} starts it.
   *
   * @param client closed with the process
   */
  public static OperatorProcess create(
      OperatorSettings settings, Servers servers, KubernetesClient client) {
    return Guice.createInjector(Stage.PRODUCTION, new OperatorModule(settings, servers, client))
        .getInstance(OperatorProcess.class);
  }

  /**
   * Starts the HTTP server for health and metrics, waits until the cluster can be used and this
   * process is the leader, and then starts to reconcile; returns when all Tenants are cached, or
   * when {@link #close()} was called meanwhile.
   *
   * <p>A cluster that does not respond, rejects the operator or lacks the custom resources is not
   * an error: health and the log report what is missing, and the start continues as soon as nothing
   * is missing.
   *
   * @throws InventoryException if the port for health is taken
   */
  public void start() throws InventoryException {
    try {
      health.set(
          new HealthServer(settings.httpPort(), this::unhealthy, this::unready, metrics::scrape));
    } catch (IOException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          "cannot serve health on port %d: %s".formatted(settings.httpPort(), e.getMessage()),
          "choose another with --http-port",
          e);
    }
    api.start();
    try {
      if (api.awaitUsable() && becomeLeader()) {
        sink.start();
        operator.start();
        log.info("started");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OperatorException e) {
      // Closing during the start stops the threads that the start uses.
      if (!closing) {
        throw e;
      }
    }
  }

  private boolean becomeLeader() throws InterruptedException {
    leaderElection.start();
    return leaderElection.await();
  }

  /**
   * Waits until another process has replaced this one as the leader. This process has to end then.
   *
   * @return the identity of the new leader
   */
  public String awaitLoss() throws InterruptedException {
    return leaderElection.awaitLoss();
  }

  /** The port on which health is served. */
  public int httpPort() {
    HealthServer server = health.get();
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.port();
  }

  private List<String> unhealthy() {
    List<String> reasons = new ArrayList<>();
    if (!mirrors.healthy()) {
      reasons.add("a mirror has died; see the log");
    }
    informerFailures.problem().ifPresent(reasons::add);
    return reasons;
  }

  private List<String> unready() {
    List<String> reasons = unhealthy();
    api.problem().ifPresent(reasons::add);
    leaderElection.problem().ifPresent(reasons::add);
    if (leaderElection.state() == LeaderState.STANDING_BY && api.usable()) {
      return reasons; // Ready to take over.
    }
    sink.problem().ifPresent(reasons::add);
    if (!operator.getRuntimeInfo().isStarted()) {
      reasons.add("the controller has not started yet");
    } else if (!operator.getRuntimeInfo().allEventSourcesAreHealthy()) {
      reasons.add("the watch on Tenants is broken");
    }
    return reasons;
  }

  /** Stops everything within about ten seconds: logs out sessions, finishes writes. */
  @Override
  public void close() {
    log.info("stopping");
    closing = true;
    api.close();
    if (!leaderElection.granted()) {
      leaderElection.close(); // This process must not become the leader during the shutdown.
    }
    try {
      mirrors.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    operator.stop();
    servers.close();
    sink.close();
    events.close();
    leaderElection.close();
    HealthServer server = health.getAndSet(null);
    if (server != null) {
      server.close();
    }
    metrics.close();
    client.close();
    log.info("stopped");
  }
}
