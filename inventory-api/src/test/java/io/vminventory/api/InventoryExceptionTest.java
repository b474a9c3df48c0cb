package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class InventoryExceptionTest {

  @Test
  void messageHasProblemAndRemedy() {
    InventoryException failure =
        new InventoryException(Failure.DENIED, "it is refused; twice", "correct it");
    assertThat(failure).hasMessage("it is refused; twice; correct it");
    assertThat(failure.problem()).isEqualTo("it is refused; twice");
    assertThat(failure.remedy()).isEqualTo("correct it");
  }

  @Test
  void messageWithoutRemedyIsTheProblem() {
    IOException cause = new IOException("cut");
    InventoryException failure = new InventoryException(Failure.INTERNAL, "it broke", cause);
    assertThat(failure).hasMessage("it broke").hasCause(cause);
    assertThat(failure.remedy()).isEmpty();
  }
}
