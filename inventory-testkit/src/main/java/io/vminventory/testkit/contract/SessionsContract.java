package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Contract of a session from login to logout, interrupts and outages included. */
public abstract class SessionsContract extends ProviderContract {

  private static final int SEVERAL = 5;

  private InventorySession openAndRead() throws InventoryException, InterruptedException {
    InventorySession session = open();
    first(session);
    return session;
  }

  /** Closes the session while its {@code next} waits; what that threw. */
  private Throwable closedWhileWaiting(InventorySession session) throws InterruptedException {
    Background waiting = Background.waitingOn(session, timeout());
    try {
      assertThat(Background.closing(session).failure(timeout())).isEmpty();
      return waiting.failure(soon()).orElseThrow(() -> new AssertionError("next returned"));
    } finally {
      waiting.interrupt();
    }
  }

  @Test
  void closeIsIdempotent() throws Exception {
    InventorySession session = openAndRead();
    session.close();

    assertThatCode(session::close).doesNotThrowAnyException();
  }

  @Test
  void closeLeavesNoSession() throws Exception {
    int before = platform().openSessions();
    InventorySession session = openAndRead();
    assertThat(platform().openSessions()).isEqualTo(before + 1);
    session.close();

    awaitSessions(before);
  }

  @Test
  void closeWithoutAReadLeavesNoSession() throws Exception {
    int before = platform().openSessions();
    open().close();

    awaitSessions(before);
  }

  @Test
  void closedSessionIsUnavailable() throws Exception {
    InventorySession session = openAndRead();
    session.close();

    assertFails(() -> session.next(SHORT), Failure.UNAVAILABLE);
  }

  @Test
  void closeEndsAWaitingNext() throws Exception {
    assertThat(closedWhileWaiting(openAndRead()))
        .isInstanceOfSatisfying(
            InventoryException.class,
            thrown -> assertThat(thrown.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  @Test
  void closeUnderAWaitingNextLeavesNoSession() throws Exception {
    int before = platform().openSessions();
    closedWhileWaiting(openAndRead());

    awaitSessions(before);
  }

  @Test
  void closeReturnsWhileThePlatformIsUnreachable() throws Exception {
    InventorySession session = openAndRead();
    platform().disconnect();

    assertThat(Background.closing(session).failure(timeout())).isEmpty();
  }

  @Test
  void closeKeepsTheInterruptAndLeavesNoSession() throws Exception {
    int before = platform().openSessions();
    InventorySession session = openAndRead();
    Thread.currentThread().interrupt();
    try {
      session.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    awaitSessions(before);
  }

  @Test
  void interruptEndsAWaitingNext() throws Exception {
    try (InventorySession session = openAndRead()) {
      Background waiting = Background.waitingOn(session, timeout());
      waiting.interrupt();

      assertThat(waiting.failure(soon())).containsInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void interruptedSessionIsFinished() throws Exception {
    try (InventorySession session = openAndRead()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> session.next(timeout())).isInstanceOf(InterruptedException.class);

      assertFails(() -> session.next(Duration.ZERO), Failure.UNAVAILABLE);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void interruptedLoginThrowsInterruptedException() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> open().close()).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).as("still interrupted").isFalse();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void interruptedLoginLeavesNoSession() throws Exception {
    int before = platform().openSessions();
    Thread.currentThread().interrupt();
    try {
      open().close();
    } catch (InterruptedException expected) {
      // whether it is thrown is asked above
    } finally {
      Thread.interrupted();
    }

    awaitSessions(before);
  }

  @Test
  void concurrentLoginsSucceed() throws Exception {
    platform().add("contract-a");
    int machines = fresh().size();
    CountDownLatch start = new CountDownLatch(1);
    List<Background> logins = new ArrayList<>();
    for (int i = 0; i < SEVERAL; i++) {
      logins.add(
          Background.start(
              "login-" + i,
              () -> {
                start.await();
                return assertThat(fresh().size()).isEqualTo(machines);
              }));
    }
    start.countDown();

    for (Background login : logins) {
      assertThat(login.failure(timeout())).isEmpty();
    }
  }

  @Test
  void sessionsOfTwoTenantsAreIndependent() throws Exception {
    try (InventorySession two = open(platform().otherTenant())) {
      Inventory seen = first(two);
      try (InventorySession one = open()) {
        Inventory seenByOne = first(one);
        VirtualMachineId both = platform().add("contract-both");
        awaitMachine(one, seenByOne, both);
        seen = awaitMachine(two, seen, both);
      }
      awaitMachine(two, seen, platform().add("contract-two-only"));
    }
  }

  private Inventory awaitMachine(InventorySession session, Inventory start, VirtualMachineId id)
      throws InventoryException, InterruptedException {
    Inventory inventory = start;
    while (inventory.find(id).isEmpty()) {
      inventory = fold(inventory, nextChange(session));
    }
    return inventory;
  }

  /** A provider may keep threads of its own, but not one for each session that there ever was. */
  @Test
  void closedSessionsLeaveNoThreads() throws Exception {
    openAndRead().close();
    Set<Thread> before = threads();
    for (int i = 0; i < SEVERAL; i++) {
      try (InventorySession session = openAndRead()) {
        session.next(Duration.ZERO);
      }
    }

    Eventually.within(timeout())
        .until(() -> threadsSince(before), threads -> threads.size() < SEVERAL);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private static Set<Thread> threadsSince(Set<Thread> before) {
    Set<Thread> since = new HashSet<>(threads());
    since.removeAll(before);
    return since;
  }
}
