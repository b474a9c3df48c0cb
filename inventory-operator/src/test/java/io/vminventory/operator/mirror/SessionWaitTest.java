package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The test's own thread waits, updates and stops. */
@Tag("pure")
class SessionWaitTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final InventoryProvider NOWHERE =
      (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };
  private static final MirrorSpec OPENED = spec(Set.of());
  private static final CurrentRead READ = new CurrentRead(OPENED, false);

  private final MirrorControl control =
      new MirrorControl(
          OPENED, MirrorState.initial(Optional.of(NOW), Set.of()), InstantSource.fixed(NOW));

  @AfterEach
  void clearInterrupt() {
    boolean unused = Thread.interrupted();
  }

  @Test
  void aRequestInterruptsTheWaitAndItsInterruptEndsWithIt() {
    SessionWait wait = control.beginSessionWait(READ).orElseThrow();
    control.update(spec(Set.of("sync:now")));
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    wait.close();
    assertThat(wait.interrupted()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anUpdateThatNeedsNoReadDoesNotInterrupt() {
    SessionWait wait = control.beginSessionWait(READ).orElseThrow();
    control.update(spec(Set.of()));
    wait.close();
    assertThat(wait.interrupted()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aRequestOfThePendingSnapshotDoesNotInterrupt() {
    MirrorSpec requested = spec(Set.of("sync:now"));
    control.update(requested);
    assertThat(control.beginSessionWait(new CurrentRead(requested, true))).isPresent();
    control.update(requested);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aClosedWaitIsNotInterrupted() {
    SessionWait wait = control.beginSessionWait(READ).orElseThrow();
    wait.close();
    control.update(spec(Set.of("sync:now")));
    assertThat(wait.interrupted()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void theInterruptOfAStopOutlivesTheWait() {
    SessionWait wait = control.beginSessionWait(READ).orElseThrow();
    control.update(spec(Set.of("sync:now")));
    control.stop();
    wait.close();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void noWaitBeginsWhenAReadIsDueOrAfterAStop() {
    control.update(spec(Set.of("sync:now")));
    assertThat(control.beginSessionWait(READ)).isEmpty();
    control.update(OPENED);
    control.stop();
    assertThat(control.beginSessionWait(READ)).isEmpty();
  }

  private static MirrorSpec spec(Set<String> requests) {
    Tenant tenant =
        new Tenant(new TenantId("default", "test"), "user", Secret.of("secret"), "target");
    return new MirrorSpec(tenant, NOWHERE, SyncMode.WATCH, Duration.ofHours(1), requests, 0);
  }
}
