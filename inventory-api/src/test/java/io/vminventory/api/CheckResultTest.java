package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckResultTest {

  @Test
  void aMessageIsDividedIntoWhatIsWrongAndTheRemedy() {
    assertThat(CheckResult.failed("x", "it is gone; create it; then wait"))
        .isEqualTo(CheckResult.failed("x", "it is gone", "create it; then wait"));
    assertThat(CheckResult.failed("x", "it is gone"))
        .isEqualTo(CheckResult.failed("x", "it is gone", ""));
  }
}
