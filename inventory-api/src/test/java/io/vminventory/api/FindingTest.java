package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void aMessageIsDividedIntoWhatIsWrongAndTheRemedy() {
    assertThat(Finding.failed("x", "it is gone; create it; then wait"))
        .isEqualTo(Finding.failed("x", "it is gone", "create it; then wait"));
    assertThat(Finding.failed("x", "it is gone")).isEqualTo(Finding.failed("x", "it is gone", ""));
  }
}
