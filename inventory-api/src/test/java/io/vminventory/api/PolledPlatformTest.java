package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.PolledPlatform.SnapshotReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag("pure")
class PolledPlatformTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Update NOTHING = new Update.Changes(List.of());

  private final List<VirtualMachine> machines = new ArrayList<>(List.of(machine("a")));
  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(15).toNanos();
  private int reads;
  private boolean broken;

  private final PolledPlatform platform = new PolledPlatform(this::read, INTERVAL, () -> nanos);

  private static VirtualMachine machine(String name) {
    return VirtualMachine.builder(new VirtualMachineId("polled/" + name), name).build();
  }

  private Inventory read() throws InventoryException {
    reads++;
    if (broken) {
      throw new InventoryException(Failure.UNAVAILABLE, "it is down", "start it");
    }
    return Inventory.of("Polled 1.0", machines);
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private static Inventory snapshot(InventorySession session) throws Exception {
    return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
  }

  @Test
  void firstUpdateIsASnapshotOfNow() throws Exception {
    try (InventorySession one = platform.open();
        InventorySession two = platform.open()) {
      assertThat(snapshot(one).size()).isEqualTo(1);
      pass(Duration.ofNanos(1));
      machines.add(machine("b"));

      assertThat(snapshot(two).size()).isEqualTo(2);
    }
  }

  @Test
  void platformIsNotReadBeforeTheIntervalIsOver() throws Exception {
    try (InventorySession session = platform.open()) {
      snapshot(session);
      machines.add(machine("b"));
      pass(INTERVAL.minusNanos(1));
      assertThat(session.next(Duration.ZERO)).isEqualTo(NOTHING);

      pass(Duration.ofNanos(1));
      assertThat(session.next(Duration.ZERO))
          .isEqualTo(new Update.Changes(List.of(new Change.Put(machine("b")))));
      assertThat(reads).isEqualTo(2);
    }
  }

  @Test
  void sessionsShareAPoll() throws Exception {
    try (InventorySession one = platform.open();
        InventorySession two = platform.open()) {
      snapshot(one);
      snapshot(two);
      machines.clear();
      pass(INTERVAL);

      Update gone = new Update.Changes(List.of(new Change.Remove(machine("a").id())));
      assertThat(one.next(Duration.ZERO)).isEqualTo(gone);
      pass(Duration.ofSeconds(1));
      assertThat(two.next(Duration.ZERO)).isEqualTo(gone);
      assertThat(reads).isEqualTo(2);
    }
  }

  @Test
  void failedReadIsSharedAndEndsEachSession() throws Exception {
    try (InventorySession one = platform.open();
        InventorySession two = platform.open()) {
      snapshot(one);
      snapshot(two);
      broken = true;
      pass(INTERVAL);

      for (InventorySession session : List.of(one, two)) {
        assertThatThrownBy(() -> session.next(Duration.ZERO)).hasMessage("it is down; start it");
      }
      assertThat(reads).isEqualTo(2);
      broken = false;
      assertThatThrownBy(() -> one.next(Duration.ZERO)).hasMessageContaining("is finished");
    }
  }

  @Test
  void accountSeesItsViewOnly() throws Exception {
    UnaryOperator<Inventory> view =
        all -> Inventory.of(all.serverVersion(), List.of(machine("mine")));
    try (InventorySession session = platform.open(view, () -> {})) {
      assertThat(snapshot(session).machines()).containsExactly(machine("mine"));
      machines.clear();
      pass(INTERVAL);
      assertThat(session.next(Duration.ZERO)).isEqualTo(NOTHING);
    }
  }

  @Test
  void anotherServerVersionIsASnapshot() throws Exception {
    UnaryOperator<Inventory> versioned = all -> Inventory.of("version " + reads, all.machines());
    try (InventorySession session = platform.open(versioned, () -> {})) {
      snapshot(session);
      pass(INTERVAL);
      assertThat(snapshot(session).serverVersion()).isEqualTo("version 2");
    }
  }

  @Test
  void closeLogsOutOnce() {
    List<String> logouts = new ArrayList<>();
    InventorySession session =
        platform.open(UnaryOperator.identity(), () -> logouts.add("logged out"));
    session.close();
    session.close();

    assertThat(logouts).hasSize(1);
    assertThat(failure(session)).isEqualTo(Failure.UNAVAILABLE);
    assertThat(reads).isZero();
  }

  private static Failure failure(InventorySession session) {
    return catchThrowableOfType(InventoryException.class, () -> session.next(Duration.ZERO))
        .failure();
  }

  @Test
  void closeEndsAReadThatIsRunning() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    SnapshotReader hanging =
        () -> {
          reading.countDown();
          new CountDownLatch(1).await();
          return read();
        };
    InventorySession session = new PolledPlatform(hanging, INTERVAL).open();
    FutureTask<Failure> next =
        new FutureTask<>(
            () -> {
              Failure failure = failure(session);
              assertThat(Thread.interrupted()).isFalse();
              return failure;
            });
    Thread thread = new Thread(next, "polling-session");
    thread.start();
    reading.await();
    session.close();

    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void closeEndsAWaitForTheNextPoll() throws Exception {
    InventorySession session = new PolledPlatform(this::read, LONG).open();
    snapshot(session);
    FutureTask<Update> next = new FutureTask<>(() -> session.next(LONG));
    Thread thread = new Thread(next, "polling-session");
    thread.start();
    session.close();

    assertThatThrownBy(() -> next.get(10, TimeUnit.SECONDS)).hasMessageContaining("was closed");
  }

  @Test
  void waitEndsWithTheFirstPollThatFindsAChange() throws Exception {
    try (InventorySession session = new PolledPlatform(this::read, Duration.ofMillis(1)).open()) {
      snapshot(session);
      machines.add(machine("b"));

      assertThat(session.next(LONG))
          .isEqualTo(new Update.Changes(List.of(new Change.Put(machine("b")))));
    }
  }

  @Test
  void intervalMustBePositive() {
    assertThatThrownBy(() -> new PolledPlatform(this::read, Duration.ZERO))
        .hasMessage("interval must be positive, not PT0S");
  }
}
