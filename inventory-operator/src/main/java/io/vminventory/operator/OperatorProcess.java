package io.vminventory.operator;

import com.google.inject.Guice;
import com.google.inject.Stage;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.http.HealthServer;
import io.vminventory.operator.mirror.Mirrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running operator: starts its parts in order, tells whether they are well, ends them. */
public final class OperatorProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OperatorProcess.class);

  private final OperatorSettings settings;
  private final KubernetesClient client;
  private final Operator operator;
  private final Mirrors mirrors;
  private final KubernetesInventorySink sink;
  private final AtomicReference<@Nullable HealthServer> health = new AtomicReference<>();

  OperatorProcess(
      OperatorSettings settings,
      KubernetesClient client,
      Operator operator,
      Mirrors mirrors,
      KubernetesInventorySink sink) {
    this.settings = settings;
    this.client = client;
    this.operator = operator;
    this.mirrors = mirrors;
    this.sink = sink;
  }

  /**
   * Builds the object graph; {@link #start()} sets it to work.
   *
   * @param client closed with the process
   */
  public static OperatorProcess create(
      OperatorSettings settings, Servers servers, KubernetesClient client) {
    return Guice.createInjector(Stage.PRODUCTION, new OperatorModule(settings, servers, client))
        .getInstance(OperatorProcess.class);
  }

  /**
   * Starts to serve health and to reconcile; returns when all Tenants are known.
   *
   * @throws InventoryException if the cluster cannot be used: no answer, no rights, no CRDs; or if
   *     the port for health is taken
   */
  public void start() throws InventoryException {
    try {
      health.set(new HealthServer(settings.httpPort(), this::unhealthy, this::unready));
    } catch (IOException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          "cannot serve health on port %d: %s; choose another with --http-port"
              .formatted(settings.httpPort(), e.getMessage()),
          e);
    }
    checkAccess();
    operator.start();
    log.info("started");
  }

  /** Says in plain words what would otherwise be an informer's stack trace. */
  private void checkAccess() throws InventoryException {
    try {
      for (String namespace : settings.watchNamespaces()) {
        client.resources(TenantResource.class).inNamespace(namespace).list(one());
      }
      if (settings.watchNamespaces().isEmpty()) {
        client.resources(TenantResource.class).inAnyNamespace().list(one());
        client.resources(VmResource.class).inAnyNamespace().list(one());
      }
    } catch (KubernetesClientException e) {
      throw new InventoryException(Failure.MISCONFIGURED, explain(e), e);
    }
  }

  private static ListOptions one() {
    return new ListOptionsBuilder().withLimit(1L).build();
  }

  private String explain(KubernetesClientException e) {
    return switch (e.getCode()) {
      case 404 ->
          "the custom resources are not installed at %s: kubectl apply -f deploy/crds"
              .formatted(client.getMasterUrl());
      case 401, 403 ->
          "%s refuses the operator's account: %s; see deploy/rbac.yaml for the rights it needs"
              .formatted(client.getMasterUrl(), e.getMessage());
      default ->
          "the Kubernetes API at %s cannot be used: %s; check KUBECONFIG"
              .formatted(client.getMasterUrl(), rootCause(e));
    };
  }

  /** The client's own message names the operation; what went wrong lies beneath. */
  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
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
    return mirrors.healthy() ? List.of() : List.of("a mirror has died; see the log");
  }

  private List<String> unready() {
    List<String> reasons = new ArrayList<>(unhealthy());
    if (!operator.getRuntimeInfo().isStarted()) {
      reasons.add("the controller is starting");
    } else if (!operator.getRuntimeInfo().allEventSourcesAreHealthy()) {
      reasons.add("the watch on Tenants is broken");
    }
    return reasons;
  }

  /** Ends everything within about ten seconds: sessions are logged out, writes finished. */
  @Override
  public void close() {
    log.info("stopping");
    try {
      mirrors.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    operator.stop();
    sink.close();
    HealthServer server = health.getAndSet(null);
    if (server != null) {
      server.close();
    }
    client.close();
    log.info("stopped");
  }
}
