package io.vminventory.testkit.contract;

import io.vminventory.api.InventorySink;
import io.vminventory.api.PowerState;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachineId;
import java.io.IOException;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Access of {@link InventorySinkContract} to a sink and its records. Each test gets a fixture of
 * its own, and closes it. There are no records when a test begins.
 */
public interface InventorySinkFixture extends AutoCloseable {

  /** The sink; the same one throughout a test. */
  InventorySink sink();

  /** A tenant whose records may be written. */
  Tenant tenant();

  /** Another one whose records may be written, in the same place if they can share one. */
  Tenant otherTenant();

  /** The machines that the tenant has records of, with their power states. */
  Map<VirtualMachineId, PowerState> records(Tenant tenant);

  /** Makes writes of records of machines of this name fail from now on, until the close. */
  default void refuse(String machine) {
    throw new TestAbortedException("this fixture cannot refuse a record");
  }

  /** Frees what the fixture holds. */
  @Override
  default void close() throws IOException {}
}
