package io.vminventory.k8s.sink;

import io.vminventory.api.InventorySink;
import io.vminventory.api.PowerState;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.contract.InventorySinkContract;
import io.vminventory.testkit.contract.InventorySinkFixture;
import io.vminventory.testkit.kubernetes.Fault;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;

/** Contract of every sink, on the embedded API server. */
@Tag("slow")
class InventorySinkPromisesTest extends InventorySinkContract {

  @Override
  protected InventorySinkFixture fixture() {
    return new Records();
  }

  private static final class Records implements InventorySinkFixture {

    private final EmbeddedCluster cluster = new EmbeddedCluster();
    private final String namespace = cluster.newNamespace();
    private final KubernetesInventorySink sink =
        new KubernetesInventorySink(
            cluster.client(), SinkOptions.defaults(), WritePermit.ALWAYS, InstantSource.system());

    private Tenant tenant(String name) {
      return new Tenant(new TenantId("default", name), name, Secret.of("secret"), namespace);
    }

    @Override
    public InventorySink sink() {
      return sink;
    }

    @Override
    public Tenant tenant() {
      return tenant("ann");
    }

    @Override
    public Tenant otherTenant() {
      return tenant("bob");
    }

    @Override
    public Map<VirtualMachineId, PowerState> records(Tenant tenant) {
      return cluster
          .client()
          .resources(VmResource.class)
          .inNamespace(namespace)
          .list()
          .getItems()
          .stream()
          .filter(vm -> vm.getSpec().source().tenant().equals(tenant.id().name()))
          .collect(
              Collectors.toMap(
                  vm -> new VirtualMachineId(vm.getSpec().source().key()), Records::powerState));
    }

    private static PowerState powerState(VmResource vm) {
      return Arrays.stream(PowerState.values())
          .filter(state -> state.toString().equals(vm.getStatus().powerState()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void refuse(String machine) {
      cluster
          .kubernetes()
          .faults()
          .inject(Fault.status(422).verb("create").resource("vms").name(machine).times(100));
    }

    @Override
    public void close() {
      sink.close();
      cluster.close();
    }
  }
}
