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
 * How the contracts reach a provider and its platform. Implement it once for {@link
 * InventoryProviderContract}; each test gets one of its own, and closes it.
 *
 * <p>The platform may hold any machines when a test begins, but nobody else may change them while
 * it runs. Ids are the platform's choice, and a change may take a while until it is told.
 *
 * <p>Methods with a body are abilities that not every platform has. A test that needs one that is
 * not overridden is skipped and says so.
 */
public interface ProviderFixture extends AutoCloseable {

  /** Makes providers. */
  InventoryProviderFactory factory();

  /** The settings by which a provider reaches the platform; they have no mistake. */
  Map<String, String> settings();

  /**
   * Makes the provider that is tested; called once for each test. Override it if the fixture has to
   * hold the provider itself.
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

  /** How long a change may take until a session tells it, and anything else until it is done. */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /**
   * Settings with a value that is wrong, each for itself. They take the place of those of {@link
   * #settings()} when mistakes are looked for; without any, unknown settings are all mistakes that
   * there are.
   */
  default Map<String, String> wrongSettings() {
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

  /** How often a login was tried on the platform so far, by anybody and with any outcome. */
  default int logins() {
    throw cannot("count logins");
  }

  /** How many sessions there are on the platform. */
  default int openSessions() {
    throw cannot("count sessions");
  }

  /** Ends all sessions on the platform, as an administrator does; new ones may be opened. */
  default void endSessions() {
    throw cannot("end sessions");
  }

  /** Lets every read of the platform's state break in the middle from now on, until the close. */
  default void cutReads() {
    throw cannot("cut a read");
  }

  /** Makes the platform unreachable, for open sessions too, from now on until the close. */
  default void disconnect() {
    throw cannot("make the platform unreachable");
  }

  /** Makes the platform forget what the open sessions were told; the sessions live on. */
  default void loseHistory() {
    throw cannot("lose the history");
  }

  /** Frees what the fixture holds. */
  @Override
  default void close() throws IOException {}

  private static TestAbortedException cannot(String what) {
    return new TestAbortedException("this fixture cannot " + what);
  }
}
