package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class CheckResultTest {

  @Test
  void failedCheckHasProblemAndRemedyOfItsFailure() {
    InventoryException failure =
        new InventoryException(Failure.MISCONFIGURED, "it is gone; really", "create it; then wait");
    assertThat(CheckResult.failed("x", failure))
        .isEqualTo(CheckResult.failed("x", "it is gone; really", "create it; then wait"));
  }
}
