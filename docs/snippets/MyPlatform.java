import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PowerState;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A whole provider: its platform has one machine, to which nothing happens. */
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
    return (tenant, purpose) -> {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new Session(host);
    };
  }

  private static final class Session implements InventorySession {

    private final String host;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean told;

    Session(String host) {
      this.host = host;
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      try {
        if (closed.await(told ? maxWait.toMillis() : 0, TimeUnit.MILLISECONDS)) {
          throw new InventoryException(Failure.UNAVAILABLE, host + ": the session has ended");
        }
      } catch (InterruptedException e) {
        close(); // A session that threw is finished.
        throw e;
      }
      if (told) {
        return new Update.Changes(List.of());
      }
      told = true;
      VirtualMachine machine =
          VirtualMachine.builder(new VirtualMachineId(host + "/1"), "the-machine")
              .powerState(PowerState.POWERED_ON)
              .numCpu(2)
              .memoryMB(2048)
              .build();
      return new Update.Snapshot(Inventory.of("My Platform 1.0", List.of(machine)));
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
