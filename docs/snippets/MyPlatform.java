import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.PolledPlatform;
import io.vminventory.api.PowerState;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.time.Duration;
import java.util.List;

/** A complete provider. Its platform cannot report changes, and has one machine. */
public final class MyPlatform implements InventoryProviderFactory {

  @Override
  public String name() {
    return "my-platform";
  }

  @Override
  public InventoryProvider create(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    String host = reader.required("host");
    reader.finish();
    PolledPlatform platform = new PolledPlatform(() -> readAll(host), Duration.ofSeconds(30));
    return (tenant, purpose) -> {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before the login to " + host);
      }
      return platform.open(); // A real provider checks the tenant's password first.
    };
  }

  private static Inventory readAll(String host) {
    VirtualMachine machine =
        VirtualMachine.builder(new VirtualMachineId(host + "/1"), "the-machine")
            .powerState(PowerState.POWERED_ON)
            .numCpu(2)
            .memoryMB(2048)
            .build();
    return Inventory.of("My Platform 1.0", List.of(machine));
  }
}
