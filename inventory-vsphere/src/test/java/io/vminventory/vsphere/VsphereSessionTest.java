package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.vm;
import static io.vminventory.vsphere.StubVcenter.cut;
import static io.vminventory.vsphere.StubVcenter.fault;
import static io.vminventory.vsphere.StubVcenter.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.server.ServerTimeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class VsphereSessionTest {

  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Map<String, String> NO_SETTINGS = Map.of();

  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static String machine(String reference, String name) {
    return vm(reference).with("name", name).xml();
  }

  private static Inventory inventory(Update update) {
    return ((Update.Snapshot) update).inventory();
  }

  private static Failure failureOfNext(InventorySession session) {
    return catchThrowableOfType(InventoryException.class, () -> session.next(NOW)).failure();
  }

  private long logouts() {
    return Collections.frequency(stub.operations(), "Logout");
  }

  @Test
  void pagesMakeOneSnapshotWithTheLatestReports() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + machine("vm-2", "b") + "<token>t&amp;1</token>"))
        .on("ContinueRetrievePropertiesEx", returns(machine("vm-2", "c") + machine("vm-3", "d")));
    try (InventorySession session = stub.open(NO_SETTINGS)) {
      Inventory inventory = inventory(session.next(LONG));
      assertThat(inventory.serverVersion()).isEqualTo("Stub vCenter 9");
      assertThat(inventory.machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("a", "c", "d");
      assertThat(inventory.machines())
          .extracting(machine -> machine.id().value())
          .contains("uuid/vm-3");
    }
    assertThat(stub.requests()).anyMatch(request -> request.contains("<token>t&amp;1</token>"));
    assertThat(stub.requests().get(stub.requests().size() - 1)).startsWith("session=\"a1\" ");
    assertThat(stub.operations())
        .containsExactly(
            "RetrieveServiceContent",
            "Login",
            "CreatePropertyCollector",
            "CreateContainerView",
            "CreateContainerView",
            "RetrievePropertiesEx",
            "RetrievePropertiesEx",
            "ContinueRetrievePropertiesEx",
            "Logout");
  }

  @Test
  void accountThatSeesNothingHasAnEmptySnapshot() throws Exception {
    try (InventorySession session = stub.open(NO_SETTINGS)) {
      assertThat(inventory(session.next(NOW)).size()).isZero();
    }
  }

  @Test
  void brokenReadIsNoSnapshot() throws Exception {
    String begun =
        "<Envelope><Body><ContinueRetrievePropertiesExResponse><returnval>"
            + machine("vm-2", "b").replaceAll(" xsi:type='[^']*'", "");
    List<StubVcenter.Response> endings =
        List.of(
            cut(begun),
            StubVcenter.text(begun),
            StubVcenter.text(begun + "</returnval></ContinueRetrievePropertiesExResponse></Body>"),
            StubVcenter.status(503),
            fault("NotAuthenticated", "The session is not authenticated."));
    for (StubVcenter.Response ending : endings) {
      stub.onMachines(returns(machine("vm-1", "a") + "<token>1</token>"))
          .on("ContinueRetrievePropertiesEx", ending);
      try (InventorySession session = stub.open(NO_SETTINGS)) {
        assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
      }
    }
    assertThat(logouts()).isEqualTo(endings.size());
  }

  @Test
  void lostSessionReportedForAPropertyEndsTheSession() throws Exception {
    stub.onMachines(returns(vm("vm-1").missing("name", "NotAuthenticated").xml()));
    try (InventorySession session = stub.open(NO_SETTINGS)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void restartedServerEndsTheSession() throws Exception {
    stub.onMachines(fault("ManagedObjectNotFound", "view-1 has been deleted"));
    try (InventorySession session = stub.open(NO_SETTINGS)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void readThatDoesNotEndInTimeFails() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + "<token>1</token>"))
        .on("ContinueRetrievePropertiesEx", returns(machine("vm-2", "b")));
    SoapClient soap = new SoapClient(stub.settings(Map.of()).soap());
    try (SoapSession session = new SoapSession(soap, new LogoutQueue(soap), () -> {})) {
      VimClient vim = new VimClient(session);
      SessionObjects objects = SessionObjects.create(vim, vim.vcenter(), "uuid");
      InventoryReader reader = new InventoryReader(vim, objects, 1);
      assertThat(reader.read(Deadline.in(LONG)).size()).isEqualTo(2);

      IncompleteReadException late =
          catchThrowableOfType(IncompleteReadException.class, () -> reader.read(Deadline.in(NOW)));

      Failures failures = new Failures("vc", ServerTimeouts.DEFAULTS);
      assertThat(failures.of(late, "ann").failure()).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void invalidReferenceIsRefused() throws Exception {
    stub.onMachines(returns(machine("vm 1/x", "a")));
    try (InventorySession session = stub.open(NO_SETTINGS)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.MISCONFIGURED);
    }
  }

  @Test
  void closeEndsAReadAtAnyPoint() throws Exception {
    for (StubVcenter.Response stuck : List.of(stub.silence(), stub.dribble())) {
      stub.onMachines(stuck);
      InventorySession session = stub.open(NO_SETTINGS);
      CompletableFuture<Throwable> next =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> session.next(LONG)));
      awaitReads(stub);
      session.close();
      assertThat(next.get(1, TimeUnit.SECONDS))
          .isInstanceOf(InventoryException.class)
          .hasMessageContaining("was closed");
      stub.operations().clear();
    }
  }

  private static void awaitReads(StubVcenter stub) {
    while (Collections.frequency(stub.operations(), "RetrievePropertiesEx") < 2) {
      Thread.onSpinWait();
    }
  }

  @Test
  void closeEndsAWaitAndCancelsItOnTheServer() throws Exception {
    InventorySession session = stub.open(NO_SETTINGS);
    session.next(NOW);
    CompletableFuture<Throwable> next =
        CompletableFuture.supplyAsync(() -> catchThrowable(() -> session.next(LONG)));
    while (Collections.frequency(stub.operations(), "WaitForUpdatesEx") < 2) {
      Thread.onSpinWait();
    }
    session.close();
    assertThat(stub.operations()).endsWith("CancelWaitForUpdates", "Logout");
    assertThat(next.get(1, TimeUnit.SECONDS)).isInstanceOf(InventoryException.class);
    session.close();
    assertThat(logouts()).isEqualTo(1);
  }

  @Test
  void interruptEndsAReadAtAnyPoint() throws Exception {
    for (StubVcenter.Response stuck : List.of(stub.silence(), stub.dribble())) {
      stub.onMachines(stuck);
      InventorySession session = stub.open(NO_SETTINGS);
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread reader =
          new Thread(() -> thrown.complete(catchThrowable(() -> session.next(LONG))), "reader");
      reader.start();
      awaitReads(stub);
      reader.interrupt();
      assertThat(thrown.get(1, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      session.close();
      stub.operations().clear();
    }
  }

  @Test
  void silentAndDribblingServersTimeOut() throws Exception {
    for (StubVcenter.Response stuck : List.of(stub.silence(), stub.dribble())) {
      assertOutage(stuck, Map.of("request-timeout", "200ms"));
    }
  }

  @Test
  void silenceWithinAResponseFailsLongBeforeTheRequestTimeout() throws Exception {
    String begun = "<Envelope><Body><RetrievePropertiesExResponse><returnval>";
    assertOutage(stub.silence(), Map.of("silence-timeout", "200ms"));
    assertOutage(stub.silenceAfter(begun), Map.of("silence-timeout", "200ms"));
  }

  private void assertOutage(StubVcenter.Response stuck, Map<String, String> settings)
      throws Exception {
    stub.onMachines(stuck);
    try (InventorySession session = stub.open(settings)) {
      long before = System.nanoTime();
      assertThatThrownBy(() -> session.next(LONG))
          .isInstanceOfSatisfying(
              InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE))
          .hasMessageContaining("request-timeout");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void logoutWithoutAResponseEndsInTime() throws Exception {
    stub.on("Logout", stub.silence());
    InventorySession session = stub.open(Map.of("request-timeout", "200ms"));
    long before = System.nanoTime();
    session.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void closedSessionIsFinished() throws Exception {
    InventorySession session = stub.open(NO_SETTINGS);
    session.close();
    assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
  }
}
