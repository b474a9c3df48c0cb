package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SecretTest {

  private static final String TEXT = "correct horse";

  @Test
  void neverPrintsItsText() {
    Tenant tenant = new Tenant(new TenantId("ns", "name"), "user", Secret.of(TEXT), "target");
    assertThat(Secret.of(TEXT)).hasToString("***");
    assertThat(tenant.toString()).contains("user").contains("***").doesNotContain(TEXT);
  }

  @Test
  void isEqualByText() {
    assertThat(Secret.of(TEXT)).isEqualTo(Secret.of(TEXT)).hasSameHashCodeAs(Secret.of(TEXT));
    assertThat(Secret.of(TEXT)).isNotEqualTo(Secret.of(TEXT + " "));
  }

  @Test
  void revealsItsTextUntrimmed() {
    assertThat(Secret.of(" x\n").reveal()).isEqualTo(" x\n");
  }
}
