package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.object;
import static io.vminventory.vsphere.ObjectXml.vm;
import static io.vminventory.vsphere.StubVcenter.fault;
import static io.vminventory.vsphere.StubVcenter.returns;
import static io.vminventory.vsphere.StubVcenter.returnsEach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a limited account reads, to which some servers refuse every page but the first. */
@Timeout(60)
@Tag("embedded")
class ChunkReaderTest {

  private static final String MEMBERS =
      "<obj type='ContainerView'>view</obj><propSet><name>view</name>"
          + "<val xsi:type='ArrayOfManagedObjectReference'>"
          + "<ManagedObjectReference type='VirtualMachine'>vm-1</ManagedObjectReference>"
          + "<ManagedObjectReference type='VirtualMachine'>vm-2</ManagedObjectReference>"
          + "<ManagedObjectReference type='VirtualMachine'>vm-3</ManagedObjectReference>"
          + "</val></propSet>";

  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
    stub.onMachines(returns(machine("vm-1") + "<token>1</token>"));
    stub.on("ContinueRetrievePropertiesEx", fault("NoPermission", "no"));
  }

  private static String machine(String reference) {
    return vm(reference).with("name", "name of " + reference).xml();
  }

  private static String content(String reference) {
    return vm(reference).with("name", "name of " + reference).content();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void membersOfTheViewAreReadByReference() throws Exception {
    stub.on(
        "RetrieveProperties",
        returnsEach(MEMBERS),
        returnsEach(content("vm-1"), content("vm-2")),
        returnsEach(content("vm-3")));
    try (InventorySession session = stub.open(Map.of("page-size", "2"))) {
      assertThat(((Update.Snapshot) session.next(Duration.ZERO)).inventory().machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("name of vm-1", "name of vm-2", "name of vm-3");
    }
  }

  @Test
  void machineThatVanishesDuringTheReadIsLeftOut() throws Exception {
    stub.on(
        "RetrieveProperties",
        returnsEach(MEMBERS),
        fault("ManagedObjectNotFound", "", "<obj type='VirtualMachine'>vm-2</obj>"),
        returnsEach(content("vm-1"), content("vm-3")));
    try (InventorySession session = stub.open(Map.of())) {
      assertThat(((Update.Snapshot) session.next(Duration.ZERO)).inventory().size()).isEqualTo(2);
    }
    assertThat(stub.requests().get(stub.requests().size() - 2)).doesNotContain(">vm-2<");
  }

  @Test
  void machineLeftOutWithoutAFaultMakesTheReadIncomplete() throws Exception {
    stub.on("RetrieveProperties", returnsEach(MEMBERS), returnsEach(content("vm-1")));
    InventoryException failure = failureOfARead();
    assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("left out 2").hasMessageContaining("vm-2");
  }

  @Test
  void lostCollectorIsNotMistakenForALostMachine() throws Exception {
    stub.on(
        "RetrieveProperties",
        returnsEach(MEMBERS),
        fault("ManagedObjectNotFound", "", object("PropertyCollector", "own-pc").content()));
    assertThat(failureOfARead().failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void refusalOfTheFirstPageIsDenied() throws Exception {
    stub.onMachines(fault("NoPermission", "no"));
    assertThat(failureOfARead().failure()).isEqualTo(Failure.DENIED);
    assertThat(stub.operations()).doesNotContain("RetrieveProperties");
  }

  private InventoryException failureOfARead() throws Exception {
    try (InventorySession session = stub.open(Map.of())) {
      return catchThrowableOfType(InventoryException.class, () -> session.next(Duration.ZERO));
    }
  }
}
