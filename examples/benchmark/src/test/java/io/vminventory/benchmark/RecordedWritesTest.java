package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class RecordedWritesTest {

  private static final WriteRecorder.Write UPDATE =
      new WriteRecorder.Write(
          7,
          "PUT",
          "/apis/vminventory.io/v1/namespaces/n/vms/web",
          "{\"metadata\":{\"name\":\"web\",\"resourceVersion\":\"12\",\"uid\":\"u\"}}");

  @Test
  void updateHasTheCurrentResourceVersion() {
    assertThat(RecordedWrites.withVersions(List.of(UPDATE), Map.of("web", "345")))
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.path()).isEqualTo(UPDATE.path());
              assertThat(update.body())
                  .isEqualTo(
                      "{\"metadata\":{\"name\":\"web\",\"resourceVersion\":\"345\",\"uid\":\"u\"}}");
            });
  }

  @Test
  void updateOfAMissingObjectIsRefused() {
    assertThatThrownBy(() -> RecordedWrites.withVersions(List.of(UPDATE), Map.of("other", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vms/web");
  }

  @Test
  void deletionsHaveTheSamePathsAndNoBodies() {
    assertThat(RecordedWrites.deletions(List.of(UPDATE)))
        .containsExactly(new WriteRecorder.Write(0, "DELETE", UPDATE.path(), ""));
  }
}
