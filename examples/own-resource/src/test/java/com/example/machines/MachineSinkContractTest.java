package com.example.machines;

import io.vminventory.api.InventorySink;
import io.vminventory.api.PowerState;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.RecordSource;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.testkit.contract.InventorySinkContract;
import io.vminventory.testkit.contract.InventorySinkFixture;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** Contract of sinks, for flat records. */
@Tag("embedded")
class MachineSinkContractTest extends InventorySinkContract {

  @Override
  protected InventorySinkFixture fixture() {
    return new Records();
  }

  private static final class Records implements InventorySinkFixture {

    private final MachineFormat format = new MachineFormat();
    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final KubernetesInventorySink sink =
        new KubernetesInventorySink(
            kubernetes.client(),
            format,
            SinkOptions.defaults(),
            WritePermit.ALWAYS,
            InstantSource.system());

    Records() {
      kubernetes.install(Path.of("deploy/machines.test.local.yaml"));
      kubernetes.createNamespace("team");
    }

    private static Tenant tenant(String name) {
      return new Tenant(new TenantId("team", name), name, Secret.of("secret"), "team");
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
      Map<VirtualMachineId, PowerState> records = new HashMap<>();
      for (Machine record :
          kubernetes.client().resources(Machine.class).inNamespace("team").list().getItems()) {
        RecordSource source = format.source(record).orElseThrow();
        if (source.tenant().equals(tenant.id())) {
          records.put(new VirtualMachineId(source.key()), state(record.facts().powerState()));
        }
      }
      return records;
    }

    private static PowerState state(String text) {
      return Stream.of(PowerState.values())
          .filter(state -> state.toString().equals(text))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void refuse(String machine) {
      kubernetes
          .faults()
          .inject(Fault.status(422).verb("create").resource("machines").name(machine).times(100));
    }

    @Override
    public void close() {
      sink.close();
      kubernetes.close();
    }
  }
}
