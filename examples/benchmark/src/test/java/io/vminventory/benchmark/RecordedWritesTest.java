package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class RecordedWritesTest {

  private static final WriteRecorder.Write CHANGE =
      new WriteRecorder.Write(
          7,
          "PUT",
          "/apis/vminventory.io/v1/namespaces/n/vms/web",
          "{\"metadata\":{\"name\":\"web\",\"resourceVersion\":\"12\",\"uid\":\"u\"}}");

  @Test
  void changeIsSentAgainToTheVersionThatIsThereNow() {
    assertThat(RecordedWrites.renewed(List.of(CHANGE), Map.of("web", "345")))
        .singleElement()
        .satisfies(
            renewed -> {
              assertThat(renewed.path()).isEqualTo(CHANGE.path());
              assertThat(renewed.body())
                  .isEqualTo(
                      "{\"metadata\":{\"name\":\"web\",\"resourceVersion\":\"345\",\"uid\":\"u\"}}");
            });
  }

  @Test
  void changeOfWhatIsNotThereIsRefused() {
    assertThatThrownBy(() -> RecordedWrites.renewed(List.of(CHANGE), Map.of("other", "1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("vms/web");
  }

  @Test
  void deletionNamesTheSameObjectsWithoutBodies() {
    assertThat(RecordedWrites.deletions(List.of(CHANGE)))
        .containsExactly(new WriteRecorder.Write(0, "DELETE", CHANGE.path(), ""));
  }
}
