package io.vminventory.demo;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.OperatorProcess;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.ServerSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everything that runs in the demo, and the folder with its files. Closing it leaves nothing. */
final class DemoWorld implements AutoCloseable {

  private final VcenterSimulator vcenter = Story.startVcenter();
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final OperatorProcess operator;
  private final Path folder;

  /**
   * Starts the vCenter and Kubernetes; the operator waits for {@link #start()}.
   *
   * @throws InventoryException if the operator does not take its settings
   * @throws IOException if the folder cannot be made
   */
  DemoWorld() throws InventoryException, IOException {
    CustomResourceDefinitions.all().forEach(kubernetes::install);
    operator = operator();
    folder = Files.createTempDirectory("vminventory-demo-");
  }

  private OperatorProcess operator() throws InventoryException {
    List<ServerSettings> servers =
        List.of(
            new ServerSettings(
                "vsphere",
                new ProviderSettings(
                    "default",
                    Map.of("host", vcenter.url().toString(), "thumbprint", vcenter.thumbprint()))));
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(kubernetes.client().getConfiguration()).build())
            .build();
    return OperatorProcess.create(
        new OperatorSettings(servers, Set.of(), "", 0, 16, Optional.empty()),
        Servers.of(servers, ServiceLoader.load(InventoryProviderFactory.class)),
        client);
  }

  /**
   * Starts the operator and registers the Tenants.
   *
   * @throws InventoryException if the operator cannot start
   */
  void start() throws InventoryException {
    operator.start();
    Story.TENANTS.forEach(tenant -> kubernetes.install(tenant.yaml()));
  }

  /**
   * Waits until all Tenants are read and their records written.
   *
   * @throws InventoryException if one is not by then, with what its conditions say
   */
  void awaitReady(Duration limit) throws InventoryException {
    for (Story.Registration registration : Story.TENANTS) {
      Resource<TenantResource> tenant =
          client()
              .resources(TenantResource.class)
              .inNamespace(Story.NAMESPACE)
              .withName(registration.name());
      try {
        tenant.waitUntilCondition(DemoWorld::isRead, limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (KubernetesClientTimeoutException e) {
        throw new InventoryException(
            Failure.UNAVAILABLE,
            "tenant %s is not ready after %d s: %s"
                .formatted(
                    registration.name(),
                    limit.toSeconds(),
                    readiness(tenant.get()).map(Condition::message).orElse("it has no status yet")),
            e);
      }
    }
  }

  private static boolean isRead(TenantResource tenant) {
    return readiness(tenant).filter(Condition::holds).isPresent()
        && Boolean.FALSE.equals(tenant.getSpec().execFlag());
  }

  private static Optional<Condition> readiness(TenantResource tenant) {
    return Optional.ofNullable(tenant)
        .map(TenantResource::getStatus)
        .flatMap(status -> status.condition("Ready"));
  }

  VcenterSimulator vcenter() {
    return vcenter;
  }

  /** A client for the embedded Kubernetes, closed with it. */
  KubernetesClient client() {
    return kubernetes.client();
  }

  /** Where the embedded Kubernetes is. */
  String kubernetesUrl() {
    return kubernetes.url();
  }

  /** Writes the file for kubectl, readable by its owner only, in a folder of its own. */
  Path writeKubeconfig() {
    return kubernetes.writeKubeconfig(folder);
  }

  /** Ends the operator, so that its sessions are logged out, then the rest; removes the folder. */
  @Override
  public void close() {
    // What asked us to end must not cut the ending short.
    boolean interrupted = Thread.interrupted();
    try {
      operator.close();
      kubernetes.close();
      vcenter.close();
      delete(folder);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
