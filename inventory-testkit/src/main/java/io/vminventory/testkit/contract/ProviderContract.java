package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Base of the contracts of a provider. Each test has a fixture and a provider of its own.
 *
 * <p>Updates are folded as the operator folds them, whatever they are, so that a broken promise
 * fails the test that is named after it, and few others.
 */
@Timeout(120)
public abstract class ProviderContract {

  /** Wait for an update that must not come. */
  static final Duration SHORT = Duration.ofMillis(20);

  private static final Duration SOON = Duration.ofSeconds(2);

  private ProviderFixture fixture;
  private InventoryProvider provider;

  /** Reaches the provider and its platform; called once for each test, and closed after it. */
  protected abstract ProviderFixture fixture() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    fixture = fixture();
    provider = fixture.provider();
  }

  @AfterEach
  final void end() throws Exception {
    provider.close();
    fixture.close();
  }

  /** The fixture of this test. */
  final ProviderFixture platform() {
    return fixture;
  }

  /** The provider of this test. */
  final InventoryProvider provider() {
    return provider;
  }

  final InventorySession open() throws InventoryException, InterruptedException {
    return open(fixture.tenant());
  }

  final InventorySession open(Tenant tenant) throws InventoryException, InterruptedException {
    return provider.open(tenant, SessionPurpose.WATCH);
  }

  final Duration timeout() {
    return fixture.timeout();
  }

  /** Timeout for what does not depend on the platform. */
  final Duration soon() {
    return timeout().compareTo(SOON) < 0 ? timeout() : SOON;
  }

  /** The first update of a session, folded. */
  static Inventory first(InventorySession session) throws InventoryException, InterruptedException {
    return fold(Inventory.of("", List.of()), session.next(Duration.ZERO));
  }

  /** The snapshot of a new session. */
  final Inventory fresh() throws InventoryException, InterruptedException {
    try (InventorySession session = open()) {
      return first(session);
    }
  }

  static Inventory fold(Inventory inventory, Update update) {
    return update instanceof Update.Changes changes
        ? inventory.with(changes.changes())
        : ((Update.Snapshot) update).inventory();
  }

  /** The next update that is not empty. */
  final Update nextChange(InventorySession session)
      throws InventoryException, InterruptedException {
    long end = System.nanoTime() + timeout().toNanos();
    Update update = session.next(SHORT);
    while (update instanceof Update.Changes changes && changes.changes().isEmpty()) {
      assertThat(System.nanoTime()).as("no update was returned").isLessThan(end);
      update = session.next(SHORT);
    }
    return update;
  }

  /** Waits until the number of sessions on the platform is this. */
  final void awaitSessions(int wanted) {
    Eventually.within(timeout()).until(fixture::openSessions, count -> count == wanted);
  }

  static InventoryException refusal(ThrowingCallable call) {
    InventoryException refused = catchThrowableOfType(InventoryException.class, call);
    assertThat(refused)
        .as("the failure of a call that should fail; does the fault also affect open connections?")
        .isNotNull();
    return refused;
  }

  static void assertFails(ThrowingCallable call, Failure expected) {
    assertThat(refusal(call).failure()).isEqualTo(expected);
  }
}
