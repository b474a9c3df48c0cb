package io.vminventory.testkit.contract;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachineId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/**
 * Access of the contracts to a provider and its platform. Implement it once for {@link
 * InventoryProviderContract}; each test gets a fixture of its own, and closes it.
 *
 * <p>The platform may hold any machines when a test begins, but only the test may change them while
 * it runs. The platform chooses the ids, and a change may take a while until sessions report it.
 *
 * <p>Methods with a body are abilities that not every platform has. A test that needs one that is
 * not overridden is skipped and reports so.
 */
public interface ProviderFixture extends AutoCloseable {

  /** The factory under test. */
  InventoryProviderFactory factory();

  /** Valid settings by which a provider reaches the platform. */
  Map<String, String> settings();

  /**
   * Creates the provider under test; called once for each test, which closes it. Override it if the
   * fixture has to hold the provider itself.
   */
  default InventoryProvider provider() throws InventoryException {
    return factory().create(new ProviderSettings("default", settings()));
  }

  /** A tenant who may log in and sees every machine. */
  Tenant tenant();

  /** Another tenant, with another account if there is one, who may log in and sees them, too. */
  Tenant otherTenant();

  /** The ids of all machines on the platform. */
  Set<VirtualMachineId> machines();

  /** Makes a machine of this name on the platform. */
  VirtualMachineId add(String name);

  /** Changes at least one fact of a machine, such as whether it is on. */
  void change(VirtualMachineId id);

  /** Removes a machine from the platform. */
  void remove(VirtualMachineId id);

  /** How long a change may take until a session reports it, and any other operation; 10 s. */
  default Duration timeout() {
    return Duration.ofSeconds(10);
  }

  /**
   * Settings with invalid values, each invalid by itself. They replace those of {@link #settings()}
   * in the tests of mistakes; without any, those tests use unknown settings alone.
   */
  default Map<String, String> invalidSettings() {
    return Map.of();
  }

  /** Whether the factory is named in {@code META-INF/services}, as all but fakes are. */
  default boolean registered() {
    return true;
  }

  /** A tenant whose account is there, but whose password is wrong. */
  default Tenant tenantWithWrongPassword() {
    throw cannot("get a password wrong");
  }

  /** Number of logins on the platform so far, of all accounts and with any outcome. */
  default int logins() {
    throw cannot("count logins");
  }

  /** Number of open sessions on the platform. */
  default int openSessions() {
    throw cannot("count sessions");
  }

  /** Ends all sessions on the platform, as an administrator does; new ones may be opened. */
  default void endSessions() {
    throw cannot("end sessions");
  }

  /** Makes every read of the platform's state break in the middle from now on, until the close. */
  default void cutReads() {
    throw cannot("cut a read");
  }

  /** Makes the platform unreachable, for open sessions too, from now on until the close. */
  default void disconnect() {
    throw cannot("make the platform unreachable");
  }

  /** Makes the platform lose what it reported to the open sessions; the sessions live on. */
  default void loseHistory() {
    throw cannot("lose the history");
  }

  /**
   * Makes the platform unable to report at least one fact of this machine from now on, until the
   * close: its agent times out, its host is away. The machine itself stays.
   */
  default void makeUnknown(VirtualMachineId id) {
    throw cannot("make a fact unknown");
  }

  /** Frees what the fixture holds. */
  @Override
  default void close() throws IOException {}

  private static TestAbortedException cannot(String what) {
    return new TestAbortedException("this fixture cannot " + what);
  }
}
