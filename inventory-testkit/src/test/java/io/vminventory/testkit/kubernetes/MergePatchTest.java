package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class MergePatchTest {

  /** The examples of RFC 7386, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: b} | {a: c} | {a: c}",
        "{a: b} | {b: c} | {a: b, b: c}",
        "{a: b} | {a: null} | {}",
        "{a: b, b: c} | {a: null} | {b: c}",
        "{a: [b]} | {a: c} | {a: c}",
        "{a: c} | {a: [b]} | {a: [b]}",
        "{a: {b: c}} | {a: {b: d, c: null}} | {a: {b: d}}",
        "{a: [{b: c}]} | {a: [1]} | {a: [1]}",
        "[a, b] | [c, d] | [c, d]",
        "{a: b} | [c] | [c]",
        "{a: foo} | null | null",
        "{e: null} | {a: 1} | {e: null, a: 1}",
        "[1, 2] | {a: b, c: null} | {a: b}",
        "{} | {a: {bb: {ccc: null}}} | {a: {bb: {}}}"
      })
  void followsTheRfc(String target, String patch, String expected) {
    JsonNode before = Json.parse(target, true);

    assertThat(MergePatch.apply(before, Json.parse(patch, true)))
        .isEqualTo(Json.parse(expected, true));
    assertThat(before).as("the target").isEqualTo(Json.parse(target, true));
  }
}
