package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TestApiServer;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** Fixture with a sink, a tenant and a namespace on an API server. */
abstract class SinkFixture {

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T00:00:00Z"));
  private final TestApiServer server;
  private final String namespace;
  private final Tenant tenant;
  private final KubernetesInventorySink sink;

  SinkFixture(TestApiServer server) {
    this.server = server;
    this.namespace = server.newNamespace();
    this.tenant = tenant("default", "test", namespace);
    this.sink =
        new KubernetesInventorySink(
            server.client(), SinkOptions.defaults(), WritePermit.ALWAYS, clock);
  }

  @AfterEach
  final void stop() {
    sink.close();
    server.close();
  }

  final TestApiServer server() {
    return server;
  }

  final KubernetesClient client() {
    return server.client();
  }

  final long writes() {
    return server.writesOfVms();
  }

  final String namespace() {
    return namespace;
  }

  final Tenant tenant() {
    return tenant;
  }

  final KubernetesInventorySink sink() {
    return sink;
  }

  static Tenant tenant(String namespace, String name, String target) {
    return new Tenant(new TenantId(namespace, name), "ike", Secret.of("secret"), target);
  }

  final SinkResult apply(Inventory inventory) throws InventoryException, InterruptedException {
    return sink.apply(tenant, inventory, 0);
  }

  final VmResource vm(String name) {
    return Objects.requireNonNull(vms().withName(name).get(), name);
  }

  final List<String> names() {
    return vms().list().getItems().stream().map(vm -> vm.getMetadata().getName()).sorted().toList();
  }

  /** Like {@code kubectl label}. */
  final void label(String name, String label) {
    vms()
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"" + label + "\":\"x\"}}}");
  }

  final void edit(String name, Consumer<VmResource> change) {
    vms()
        .withName(name)
        .edit(
            vm -> {
              change.accept(vm);
              return vm;
            });
  }

  final NonNamespaceOperation<VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vms() {
    return client().resources(VmResource.class).inNamespace(namespace);
  }
}
