package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LiveHeapTest {

  @Test
  void totalAndLargestClassesAreParsed() throws IOException {
    LiveHeap heap =
        LiveHeap.of(
            List.of(
                "4711:",
                " num     #instances         #bytes  class name (module)",
                "-------------------------------------------------------",
                "   1:         90641       16093288  [B (java.base@17)",
                "   2:         80000        1920000  java.lang.String (java.base@17)",
                "Total        170641       18013288"));
    assertThat(heap.bytes()).isEqualTo(18_013_288);
    assertThat(heap.largest())
        .hasSize(2)
        .first()
        .asString()
        .contains("90641 objects", "16093288 bytes", "[B");
  }

  @Test
  void messageOfFailedJcmdIsReported() {
    assertThatThrownBy(() -> LiveHeap.of(List.of("4711:", "no such process")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no such process");
  }
}
