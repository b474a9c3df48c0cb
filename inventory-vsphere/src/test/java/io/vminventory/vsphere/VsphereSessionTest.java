package io.vminventory.vsphere;

import static io.vminventory.vsphere.Objects.vm;
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
  private static final Map<String, String> NOTHING_SPECIAL = Map.of();

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
  void pagesMakeOneSnapshotInWhichTheLastWordCounts() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + machine("vm-2", "b") + "<token>t&amp;1</token>"))
        .on("ContinueRetrievePropertiesEx", returns(machine("vm-2", "c") + machine("vm-3", "d")));
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
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
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
      assertThat(inventory(session.next(NOW)).size()).isZero();
    }
  }

  @Test
  void readThatBreaksOffIsNoSnapshot() throws Exception {
    String begun =
        "<Envelope><Body><ContinueRetrievePropertiesExResponse><returnval>"
            + machine("vm-2", "b").replaceAll(" xsi:type='[^']*'", "");
    List<StubVcenter.Answer> endings =
        List.of(
            cut(begun),
            StubVcenter.text(begun),
            StubVcenter.text(begun + "</returnval></ContinueRetrievePropertiesExResponse></Body>"),
            StubVcenter.status(503),
            fault("NotAuthenticated", "The session is not authenticated."));
    for (StubVcenter.Answer ending : endings) {
      stub.onMachines(returns(machine("vm-1", "a") + "<token>1</token>"))
          .on("ContinueRetrievePropertiesEx", ending);
      try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
        assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
        assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
      }
    }
    assertThat(logouts()).isEqualTo(endings.size());
  }

  @Test
  void lostSessionAmongMissingPropertiesEndsTheSession() throws Exception {
    stub.onMachines(returns(vm("vm-1").missing("name", "NotAuthenticated").xml()));
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void restartedServerEndsTheSession() throws Exception {
    stub.onMachines(fault("ManagedObjectNotFound", "view-1 has been deleted"));
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void endlessPagesEnd() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + "<token>1</token>"))
        .on("ContinueRetrievePropertiesEx", returns(machine("vm-1", "a") + "<token>1</token>"));
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
      assertThatThrownBy(() -> session.next(NOW)).hasMessageContaining("do not come to an end");
    }
    assertThat(stub.operations()).hasSizeLessThan(30);
  }

  @Test
  void referenceThatNoVcenterMakesIsRefused() throws Exception {
    stub.onMachines(returns(machine("vm 1/x", "a")));
    try (InventorySession session = stub.open(NOTHING_SPECIAL)) {
      assertThat(failureOfNext(session)).isEqualTo(Failure.MISCONFIGURED);
    }
  }

  @Test
  void closeEndsAReadWhereverItIs() throws Exception {
    for (StubVcenter.Answer stuck : List.of(stub.silence(), stub.dribble())) {
      stub.onMachines(stuck);
      InventorySession session = stub.open(NOTHING_SPECIAL);
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
  void closeEndsAWaitAndTellsTheServer() throws Exception {
    InventorySession session = stub.open(NOTHING_SPECIAL);
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
  void interruptEndsAReadWhereverItIs() throws Exception {
    for (StubVcenter.Answer stuck : List.of(stub.silence(), stub.dribble())) {
      stub.onMachines(stuck);
      InventorySession session = stub.open(NOTHING_SPECIAL);
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
  void silentAndDribblingServersRunIntoTheTimeout() throws Exception {
    for (StubVcenter.Answer stuck : List.of(stub.silence(), stub.dribble())) {
      assertOutage(stuck, Map.of("request-timeout", "200ms"));
    }
  }

  @Test
  void serverThatGoesSilentWithinAnAnswerIsNoticedLongBeforeTheWholeTimeIsOver() throws Exception {
    String begun = "<Envelope><Body><RetrievePropertiesExResponse><returnval>";
    assertOutage(stub.silence(), Map.of("silence-timeout", "200ms"));
    assertOutage(stub.silenceAfter(begun), Map.of("silence-timeout", "200ms"));
  }

  private void assertOutage(StubVcenter.Answer stuck, Map<String, String> settings)
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
  void serverThatNeverAnswersLogoutHoldsNobody() throws Exception {
    stub.on("Logout", stub.silence());
    InventorySession session = stub.open(Map.of("request-timeout", "200ms"));
    long before = System.nanoTime();
    session.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void closedSessionIsFinished() throws Exception {
    InventorySession session = stub.open(NOTHING_SPECIAL);
    session.close();
    assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
  }
}
