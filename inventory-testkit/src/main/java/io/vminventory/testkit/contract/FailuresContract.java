package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of a provider about the {@link Failure} for each fault, and about secrets. */
public abstract class FailuresContract extends ProviderContract {

  private InventoryException refusedLogin() {
    Tenant tenant = platform().tenantWithWrongPassword();
    return refusal(() -> open(tenant).close());
  }

  private InventorySession openAndRead() throws InventoryException, InterruptedException {
    InventorySession session = open();
    first(session);
    return session;
  }

  @Test
  void wrongPasswordIsDenied() {
    assertThat(refusedLogin().failure()).isEqualTo(Failure.DENIED);
  }

  @Test
  void refusedLoginHasARemedy() {
    assertThat(refusedLogin().remedy()).as("remedy").isNotBlank();
  }

  @Test
  void refusedLoginLeavesNoSession() {
    int before = platform().openSessions();
    refusedLogin();

    awaitSessions(before);
  }

  /** Directory accounts lock after a few wrong passwords. */
  @Test
  void refusedLoginIsNotRetried() {
    int before = platform().logins();
    refusedLogin();

    assertThat(platform().logins()).isEqualTo(before + 1);
  }

  @Test
  void unreachablePlatformIsUnavailable() {
    platform().disconnect();

    assertFails(() -> open().close(), Failure.UNAVAILABLE);
  }

  @Test
  void platformThatBecomesUnreachableIsUnavailable() throws Exception {
    try (InventorySession session = openAndRead()) {
      platform().disconnect();

      assertFails(() -> session.next(timeout()), Failure.UNAVAILABLE);
    }
  }

  @Test
  void sessionThatThePlatformEndedIsUnavailable() throws Exception {
    try (InventorySession session = openAndRead()) {
      platform().endSessions();

      assertFails(() -> session.next(timeout()), Failure.UNAVAILABLE);
    }
  }

  @Test
  void sessionThatThrewIsFinished() throws Exception {
    try (InventorySession session = openAndRead()) {
      platform().endSessions();
      refusal(() -> session.next(timeout()));

      assertFails(() -> session.next(Duration.ZERO), Failure.UNAVAILABLE);
    }
  }

  @Test
  void messagesContainNoPassword() {
    InventoryException refused = refusedLogin();

    assertThat(refused.getMessage()).isNotBlank();
    assertThat(withCauses(refused))
        .extracting(Throwable::toString)
        .noneMatch(text -> text.contains(platform().tenantWithWrongPassword().password().reveal()));
  }

  private static List<Throwable> withCauses(Throwable thrown) {
    List<Throwable> all = new ArrayList<>(List.of(thrown));
    for (int i = 0; i < all.size(); i++) {
      Throwable cause = all.get(i).getCause();
      if (cause != null) {
        all.add(cause);
      }
      all.addAll(List.of(all.get(i).getSuppressed()));
    }
    return all;
  }

  @Test
  void toStringContainsNoPassword() throws Exception {
    try (InventorySession session = openAndRead()) {
      assertThat(session + " " + provider() + " " + platform().factory())
          .doesNotContain(platform().tenant().password().reveal());
    }
  }
}
