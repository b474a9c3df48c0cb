import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.time.Duration;
import java.util.Map;

/** Prints the machines that a vCenter account sees; the README shows its heart. */
final class ReadInventory {

  public static void main(String[] args) throws Exception {
    String host = System.getenv("VCENTER_HOST");
    String caFile = System.getenv("VCENTER_CA_FILE");
    String username = System.getenv("VCENTER_USERNAME");
    String password = System.getenv("VCENTER_PASSWORD");

    Map<String, String> settings = Map.of("host", host, "ca-file", caFile);
    InventoryProvider vcenter =
        new VsphereProviderFactory().create(new ProviderSettings("default", settings));
    TenantId id = new TenantId("default", "test");
    Tenant tenant = new Tenant(id, username, Secret.of(password), "test-tenant");
    try (InventorySession session = vcenter.open(tenant, SessionPurpose.READ)) {
      if (session.next(Duration.ZERO) instanceof Update.Snapshot snapshot) {
        snapshot.inventory().machines().forEach(vm -> System.out.println(vm.name() + vm.ips()));
      }
    }
  }
}
