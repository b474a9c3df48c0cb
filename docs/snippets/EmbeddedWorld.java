import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** A vCenter and a Kubernetes API server within one program, and what VM Inventory does between. */
final class EmbeddedWorld {

  public static void main(String[] args) throws Exception {
    try (VcenterSimulator vcenter = vcenter();
        EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
      System.out.println("everybody sees " + read(vcenter, "admin"));
      CustomResourceDefinitions.all().forEach(kubernetes::install);
      kubernetes.createNamespace("test-tenant");
      write(kubernetes, read(vcenter, "ike"));
    }
  }

  private static VcenterSimulator vcenter() {
    long begun = System.nanoTime();
    VcenterSimulator vcenter =
        VcenterSimulator.builder()
            .machines(10_000, EmbeddedWorld::machine)
            .account("admin", "secret")
            .account("ike", "secret", Visibility.only("web-1", "web-2"))
            .start();
    System.out.printf(
        "%d machines, started in %d ms%n",
        vcenter.machines().size(), (System.nanoTime() - begun) / 1_000_000);
    return vcenter;
  }

  private static SimulatedMachine machine(int number) {
    return SimulatedMachine.named("web-" + number).poweredOn().ip("10.0.0.1");
  }

  private static Tenant tenant(String username) {
    TenantId id = new TenantId("default", "test");
    return new Tenant(id, username, Secret.of("secret"), "test-tenant");
  }

  private static Inventory read(VcenterSimulator vcenter, String username) throws Exception {
    Map<String, String> settings =
        Map.of("host", vcenter.url().toString(), "thumbprint", vcenter.thumbprint());
    InventoryProvider provider =
        new VsphereProviderFactory().create(new ProviderSettings("default", settings));
    try (InventorySession session = provider.open(tenant(username), SessionPurpose.READ)) {
      return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
    }
  }

  private static void write(EmbeddedKubernetes kubernetes, Inventory inventory) throws Exception {
    try (KubernetesInventorySink sink =
        new KubernetesInventorySink(
            kubernetes.client(),
            SinkOptions.defaults(),
            WritePermit.ALWAYS,
            InstantSource.system())) {
      SinkResult result = sink.apply(tenant("ike"), inventory, 0);
      System.out.println(result.count(SinkResult.Kind.CREATED) + " records created:");
    }
    kubernetes
        .client()
        .resources(VmResource.class)
        .inNamespace("test-tenant")
        .list()
        .getItems()
        .forEach(vm -> System.out.println(vm.getMetadata().getName()));
  }
}
