package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class LoginCooldownTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");
  private static final Instant RETRY_AT = NOW.plusSeconds(300);
  private static final InventoryProvider NOWHERE =
      (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };

  private final Satisfied refused = account("ann", "wr0ng", "48121");
  private final TenantStatus status = refusedStatus(refused);

  @Test
  void theCooldownIsRestoredForTheSameAccount() {
    Optional<FailedAttempt> restored = LoginCooldown.restore(status, refused, NOW.plusSeconds(60));
    assertThat(restored)
        .hasValueSatisfying(
            failedAttempt -> {
              assertThat(failedAttempt.retryAt()).isEqualTo("2026-11-23T12:05:00Z");
              assertThat(failedAttempt.message())
                  .isEqualTo("'ann' refused; next try at once, or not");
              assertThat(failedAttempt.isRefusalOf(refused.tenant())).isTrue();
            });
    assertThat(refusedAgain(restored.orElseThrow()).condition("Authenticated"))
        .isEqualTo(status.condition("Authenticated"));
  }

  @ParameterizedTest
  @CsvSource({"ann,48122", "bob,48121", "an,48121", "ann,4812"})
  void anotherAccountHasNoCooldown(String username, String passwordVersion) {
    Satisfied other = account(username, "wr0ng", passwordVersion);
    assertThat(LoginCooldown.restore(status, other, NOW)).isEmpty();
  }

  @Test
  void theCooldownEnds() {
    assertThat(LoginCooldown.restore(status, refused, RETRY_AT)).isEmpty();
  }

  @Test
  void onlyRefusedLoginsHaveACooldown() {
    assertThat(LoginCooldown.restore(TenantStatus.empty(), refused, NOW)).isEmpty();
    FailedAttempt down =
        new FailedAttempt(Stage.PLATFORM, Failure.UNAVAILABLE, "no", 1, RETRY_AT, refused.tenant());
    assertThat(LoginCooldown.restore(refusedAgain(down), refused, NOW)).isEmpty();
  }

  @Test
  void aSuspensionDoesNotEndTheCooldown() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.setStatus(status);
    TenantStatus suspended =
        TenantStatusBuilder.build(tenant, new Suspended(), Optional.empty(), NOW);
    assertThat(LoginCooldown.restore(suspended, refused, NOW)).isPresent();
    assertThat(suspended.condition("Ready").orElseThrow().reason()).isEqualTo("Suspended");

    PreconditionResult notAllowed = new Unsatisfied(Reason.NamespaceNotAllowed, "no", "consent");
    TenantStatus kept = TenantStatusBuilder.build(tenant, notAllowed, Optional.empty(), NOW);
    assertThat(LoginCooldown.restore(kept, refused, NOW)).isPresent();
  }

  @Test
  void theStatusHoldsNoPassword() {
    assertThat(status.toString()).contains("48121").doesNotContain("wr0ng");
  }

  @Test
  void afterARefusedLoginTheSecretIsCheckedMoreOften() {
    FailedAttempt denied = denied(refused);
    FailedAttempt other =
        new FailedAttempt(Stage.PLATFORM, Failure.UNAVAILABLE, "no", 1, RETRY_AT, refused.tenant());
    assertThat(requeueAfter(refused, denied)).isEqualTo(Duration.ofSeconds(2));
    assertThat(requeueAfter(refused, other)).isEqualTo(Duration.ofSeconds(10));
    assertThat(
            TenantReconciler.requeueAfter(
                new Unsatisfied(Reason.SecretNotFound, "no", "create it"), Optional.empty()))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(TenantReconciler.requeueAfter(refused, Optional.empty())).hasMinutes(1);
  }

  private static Duration requeueAfter(
      PreconditionResult preconditions, FailedAttempt failedAttempt) {
    return TenantReconciler.requeueAfter(preconditions, Optional.of(failedAttempt));
  }

  private static FailedAttempt denied(Satisfied account) {
    return new FailedAttempt(
        Stage.PLATFORM,
        Failure.DENIED,
        "'ann' refused; next try at once, or not",
        1,
        RETRY_AT,
        account.tenant());
  }

  private TenantStatus refusedAgain(FailedAttempt failedAttempt) {
    MirrorState state = MirrorState.initial(Optional.empty(), Set.of()).failed(failedAttempt);
    return TenantStatusBuilder.build(TenantYaml.tenant(""), refused, Optional.of(state), NOW);
  }

  private static TenantStatus refusedStatus(Satisfied account) {
    MirrorState state = MirrorState.initial(Optional.empty(), Set.of()).failed(denied(account));
    return TenantStatusBuilder.build(TenantYaml.tenant(""), account, Optional.of(state), NOW);
  }

  private static Satisfied account(String username, String password, String version) {
    Tenant tenant =
        new Tenant(new TenantId("default", "test"), username, Secret.of(password), "default");
    return new Satisfied(tenant, NOWHERE, version);
  }
}
