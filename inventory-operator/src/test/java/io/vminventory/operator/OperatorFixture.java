package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.ServerSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operator of one test, with its own namespaces, helpers to register Tenants, and access to their
 * status, events and records.
 */
final class OperatorFixture implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(45);

  final Peers peers;
  final String namespace = "it-" + UUID.randomUUID().toString().substring(0, 8);
  final String target = namespace + "-vms";
  private Map<String, String> server;
  private Supplier<KubernetesClient> clients;
  private @Nullable OperatorProcess operator;

  OperatorFixture(Peers peers) {
    this.peers = peers;
    this.server = peers.server();
    this.clients = peers::operator;
    namespace(namespace, Map.of());
    namespace(target, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, namespace));
    secret("pass", peers.password());
  }

  void namespace(String name, Map<String, String> annotations) {
    peers
        .admin()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(annotations)
                .endMetadata()
                .build())
        .createOr(existing -> existing.patch());
  }

  void secret(String name, String password) {
    peers
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build())
        .createOr(existing -> existing.update());
  }

  /** Replaces the settings of the vCenter. */
  OperatorFixture server(Map<String, String> settings) {
    server = settings;
    return this;
  }

  /** Replaces the operator's Kubernetes client. */
  OperatorFixture clients(Supplier<KubernetesClient> supplier) {
    clients = supplier;
    return this;
  }

  OperatorFixture start() throws InventoryException {
    List<ServerSettings> servers =
        List.of(new ServerSettings("vsphere", new ProviderSettings("default", server)));
    OperatorProcess process =
        OperatorProcess.create(
            new OperatorSettings(servers, Set.of(namespace), "", 0, 16, Optional.empty()),
            Servers.of(servers, ServiceLoader.load(InventoryProviderFactory.class)),
            clients.get());
    operator = process;
    process.start();
    return this;
  }

  /** Port of the running operator's HTTP server. */
  int httpPort() {
    return Objects.requireNonNull(operator, "not started").httpPort();
  }

  void stop() {
    if (operator != null) {
      operator.close();
      operator = null;
    }
  }

  /** Creates a Tenant whose records go to {@link #target}. */
  void register(String name) {
    register(name, target);
  }

  /** Creates a Tenant with these further lines in its spec. */
  void register(String name, String target, String... specLines) {
    peers
        .admin()
        .resource(
            peers
                .admin()
                .getKubernetesSerialization()
                .unmarshal(
                    """
                    apiVersion: vminventory.io/v1
                    kind: Tenant
                    metadata: {name: %s, namespace: %s}
                    spec:
                      targetNamespace: %s
                      %s
                    """
                        .formatted(
                            name, namespace, target, String.join("\n  ", withAccount(specLines))),
                    TenantResource.class))
        .create();
  }

  private List<String> withAccount(String... specLines) {
    List<String> lines = new ArrayList<>(List.of(specLines));
    if (lines.stream().noneMatch(line -> line.startsWith("username:"))) {
      lines.add("username: " + peers.username());
      lines.add("passwordSecretRef: {name: pass}");
    }
    return lines;
  }

  Resource<TenantResource> tenant(String name) {
    return client().resources(TenantResource.class).inNamespace(namespace).withName(name);
  }

  TenantStatus status(String tenant) {
    return Optional.ofNullable(tenant(tenant).get())
        .map(TenantResource::getStatus)
        .orElseGet(TenantStatus::empty);
  }

  Optional<Condition> condition(String tenant, String type) {
    return status(tenant).condition(type);
  }

  /** Waits until the condition has that status and reason, and returns its message. */
  String awaitCondition(String tenant, String type, String status, String reason) {
    return Eventually.within(TIMEOUT)
        .until(
            () -> condition(tenant, type),
            found ->
                found
                    .filter(c -> c.status().equals(status) && c.reason().equals(reason))
                    .isPresent())
        .orElseThrow()
        .message();
  }

  void awaitUpToDate(String tenant) {
    awaitCondition(tenant, "Ready", "True", "UpToDate");
  }

  /** Waits until the operator has observed the newest spec. */
  void awaitObserved(String tenant) {
    Eventually.within(TIMEOUT)
        .until(
            () -> {
              Long observed = status(tenant).observedGeneration();
              return observed != null
                  && observed.equals(tenant(tenant).get().getMetadata().getGeneration());
            });
  }

  /** Waits until the read requested by execFlag is done. */
  void awaitExecuted(String tenant) {
    Eventually.within(TIMEOUT)
        .until(() -> tenant(tenant).get().getSpec().execFlag(), Boolean.FALSE::equals);
  }

  List<VmResource> records() {
    return records(target);
  }

  List<VmResource> records(String namespace) {
    return client().resources(VmResource.class).inNamespace(namespace).list().getItems();
  }

  /** The record of the machine with this name. */
  Optional<VmResource> record(String machine) {
    List<VmResource> found =
        records().stream().filter(vm -> machine.equals(vm.getStatus().vmname())).toList();
    assertThat(found).hasSizeLessThan(2);
    return found.stream().findFirst();
  }

  VmResource awaitRecord(String machine) {
    return Eventually.within(TIMEOUT)
        .until(() -> record(machine), Optional::isPresent)
        .orElseThrow();
  }

  void annotate(String tenant, String name, String value) {
    patch(tenant, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(name, value));
  }

  /** Removes the Tenant's finalizers and deletes it, without patches. */
  void deleteByForce(String tenant) {
    Eventually.within(TIMEOUT).until(() -> removeFinalizers(tenant));
    tenant(tenant).delete();
  }

  /** Returns false if the update conflicts with another write. */
  private boolean removeFinalizers(String tenant) {
    TenantResource found = tenant(tenant).get();
    found.getMetadata().setFinalizers(List.of());
    found.getMetadata().setResourceVersion(null);
    try {
      client().resource(found).update();
      return true;
    } catch (KubernetesClientException e) {
      assertThat(e.getCode()).isEqualTo(409);
      return false;
    }
  }

  void setSpec(String tenant, String field, String value) {
    patch(tenant, "{\"spec\":{\"%s\":%s}}".formatted(field, value));
  }

  private void patch(String tenant, String patch) {
    tenant(tenant).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  /** Waits for an event with that reason; events are written after the change they report. */
  Event awaitEvent(String subject, String reason) {
    return Eventually.within(TIMEOUT)
        .until(
            () ->
                events(subject).stream()
                    .filter(event -> reason.equals(event.getReason()))
                    .findAny(),
            Optional::isPresent)
        .orElseThrow();
  }

  List<Event> events(String subject) {
    return client().v1().events().inAnyNamespace().list().getItems().stream()
        .filter(event -> subject.equals(event.getInvolvedObject().getName()))
        .filter(event -> event.getMetadata().getNamespace().startsWith(namespace))
        .toList();
  }

  KubernetesClient client() {
    return peers.admin();
  }

  /** Deletes the Tenants while the operator still runs to remove their finalizers. */
  @Override
  public void close() throws InventoryException {
    if (operator == null) {
      start();
    }
    client().resources(TenantResource.class).inNamespace(namespace).delete();
    Eventually.within(TIMEOUT)
        .until(
            () -> client().resources(TenantResource.class).inNamespace(namespace).list().getItems(),
            List::isEmpty);
    stop();
    client().namespaces().withName(target).delete();
    client().namespaces().withName(namespace).delete();
  }
}
