package io.vminventory.vsphere;

import static io.vminventory.vsphere.Simulators.ann;
import static io.vminventory.vsphere.Simulators.awaitHeld;
import static io.vminventory.vsphere.Simulators.provider;
import static io.vminventory.vsphere.Simulators.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Update;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.SimulatedSession;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Failures of a vCenter: each is reported as the right kind within bounded time, never as a
 * snapshot that lacks machines, and no session is left.
 */
@Timeout(60)
@Tag("slow")
class VsphereOutageTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BOUND = Duration.ofSeconds(5);
  private static final String NEXT_PAGE = "ContinueRetrievePropertiesEx";
  private static final String UPDATES = "WaitForUpdatesEx";

  private VcenterSimulator vcenter;
  private VsphereProvider provider;

  @BeforeEach
  void start() throws Exception {
    vcenter =
        Simulators.builder()
            .account("ann", "ann's")
            .machines(30, i -> SimulatedMachine.named("m" + i))
            .start();
    provider =
        provider(vcenter, Map.of("page-size", "20", "request-timeout", "2s", "max-wait", "1s"));
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  private static List<Arguments> faults() {
    return List.of(
        Arguments.of(SimulatedFault.cutAfter(0), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.cutAfter(1), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.cutAfter(2_000), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.cutAfter(Integer.MAX_VALUE), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.noResponse(), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.httpStatus(500), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.httpStatus(503), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.httpStatus(404), Failure.MISCONFIGURED),
        Arguments.of(SimulatedFault.garbage(), Failure.MISCONFIGURED),
        Arguments.of(SimulatedFault.soap("NotAuthenticated"), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.soap("ManagedObjectNotFound"), Failure.UNAVAILABLE),
        Arguments.of(SimulatedFault.soap("SystemError"), Failure.INTERNAL));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failedSecondPageIsNoSnapshot(SimulatedFault fault, Failure expected) throws Exception {
    vcenter.faults().inject(NEXT_PAGE, fault);
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);

    assertFails(session, Duration.ZERO, expected);
    session.close();
    assertThat(vcenter.sessions()).isEmpty();
    assertThat(vcenter.requests("Logout")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failedFirstRequestRemovesNothing(SimulatedFault fault, Failure expected) throws Exception {
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);
    assertThat(snapshot(session).size()).isEqualTo(30);
    vcenter.faults().inject(UPDATES, fault);

    assertFails(session, LONG, expected);
    session.close();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void versionRefusedWithinTheFirstResponseIsFollowedByEverything() throws Exception {
    try (InventorySession session = provider.open(ann(), SessionPurpose.WATCH)) {
      snapshot(session);
      vcenter.faults().injectAfter(UPDATES, 1, 1, SimulatedFault.soap("InvalidCollectorVersion"));
      vcenter.remove("m7");
      assertThat(((Update.Snapshot) session.next(LONG)).inventory().size()).isEqualTo(29);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failedLaterRequestRemovesNothing(SimulatedFault fault, Failure expected) throws Exception {
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);
    snapshot(session);
    int partsOfTheFirst = 2;
    vcenter.faults().injectAfter(UPDATES, partsOfTheFirst, 1, fault);

    // The later request is sent as soon as the first has its response, so either call may fail.
    assertFails(
        () -> {
          assertThat(session.next(Duration.ZERO)).isEqualTo(new Update.Changes(List.of()));
          vcenter.remove("m7");
          session.next(LONG);
        },
        session,
        expected);
    session.close();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void machineThatChangesAndChangesBackAroundAReadIsRight() throws Exception {
    try (InventorySession session = provider.open(ann(), SessionPurpose.WATCH)) {
      snapshot(session);
      assertThat(session.next(Duration.ZERO)).isEqualTo(new Update.Changes(List.of()));
      vcenter.reportMovesAsLeaveAndEnter(true);
      vcenter.faults().inject("RetrieveProperties", SimulatedFault.delay(LONG));
      vcenter.moveToFolder("m7", "/DC0/vm/elsewhere");
      FutureTask<Update> moved = inAThread(() -> session.next(LONG));
      awaitHeld(vcenter);
      SimulatedMachine machine = vcenter.machine("m7");
      vcenter.reconfigure("m7", machine.cpus() + 1, machine.memoryMB());
      vcenter.faults().release();
      assertThat(moved.get(10, TimeUnit.SECONDS)).isInstanceOf(Update.Changes.class);

      vcenter.change("m7", now -> now.name("back").cpus(machine.cpus()));
      assertThat(((Update.Changes) session.next(LONG)).changes())
          .singleElement()
          .isInstanceOfSatisfying(
              Change.Put.class,
              put -> {
                assertThat(put.machine().name()).isEqualTo("back");
                assertThat(put.machine().numCpu()).hasValue(machine.cpus());
              });
    }
  }

  private static void assertFails(InventorySession session, Duration maxWait, Failure expected) {
    assertFails(() -> session.next(maxWait), session, expected);
  }

  private static void assertFails(
      ThrowingCallable reading, InventorySession session, Failure expected) {
    long start = System.nanoTime();
    InventoryException failure = catchThrowableOfType(InventoryException.class, reading);
    assertThat(failure.failure()).as(failure.getMessage()).isEqualTo(expected);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    assertThat(catchThrowableOfType(InventoryException.class, () -> session.next(LONG)).failure())
        .as("a session that threw is finished")
        .isEqualTo(Failure.UNAVAILABLE);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void failedOpenAfterTheLoginLeavesNoSession(SimulatedFault fault, Failure expected) {
    vcenter.faults().inject("CreateContainerView", fault);

    assertThat(
            catchThrowableOfType(
                    InventoryException.class, () -> provider.open(ann(), SessionPurpose.WATCH))
                .failure())
        .isEqualTo(expected);
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void restartBetweenTwoUpdatesEndsTheSessionAndTheNextOneWorks() throws Exception {
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);
    snapshot(session);
    vcenter.restart();

    assertFails(session, LONG, Failure.UNAVAILABLE);
    session.close();
    try (InventorySession another = provider.open(ann(), SessionPurpose.WATCH)) {
      assertThat(snapshot(another).size()).isEqualTo(30);
    }
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void serverStopInTheMiddleOfAReadEndsIt() throws Exception {
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);
    vcenter.faults().inject(NEXT_PAGE, SimulatedFault.noResponse());
    FutureTask<Throwable> read = inAThread(() -> catchThrowable(() -> session.next(LONG)));
    awaitHeld(vcenter);
    vcenter.stop();

    assertThat(read.get(5, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
    long start = System.nanoTime();
    session.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    vcenter.start();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void readerInterruptedWithinAPageLogsOut() throws Exception {
    InventorySession session =
        provider(vcenter, Map.of("page-size", "20")).open(ann(), SessionPurpose.WATCH);
    vcenter.faults().inject(NEXT_PAGE, SimulatedFault.noResponse());
    Thread reader =
        new Thread(
            () -> {
              Throwable thrown = catchThrowable(() -> session.next(LONG));
              if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
              }
              session.close();
            },
            "reader");
    reader.start();
    awaitHeld(vcenter);
    reader.interrupt();
    reader.join(BOUND.toMillis());

    assertThat(reader.isAlive()).isFalse();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void loginInterruptedDuringThePasswordCheckLeavesNoSession() throws Exception {
    vcenter.faults().inject("Login", SimulatedFault.delay(LONG));
    VsphereProvider patient = provider(vcenter, Map.of());
    FutureTask<Throwable> open =
        new FutureTask<>(() -> catchThrowable(() -> patient.open(ann(), SessionPurpose.WATCH)));
    Thread thread = new Thread(open, "login");
    thread.start();
    awaitHeld(vcenter);
    thread.interrupt();
    vcenter.faults().release();

    assertThat(open.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(vcenter.requests("Logout")).isEqualTo(1);
    Eventually.within(BOUND).until(vcenter::sessions, List<SimulatedSession>::isEmpty);
  }

  private static <T> FutureTask<T> inAThread(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    new Thread(task, "reader").start();
    return task;
  }
}
