package io.vminventory.k8s.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class DisplayTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "abcde|abcde",
        "abcdef|abcd…",
        "日本語日本|日本語日本",
        "日本語日本語|日本語日…",
        "😀😀😀😀😀|😀😀😀😀😀",
        "😀😀😀😀😀😀|😀😀😀😀…"
      })
  void longTextsAreCutVisibly(String text, String expected) {
    assertThat(DisplayText.clean(text, 5)).isEqualTo(expected);
  }

  /** Not a table, because a table cannot hold these characters. */
  @Test
  void charactersThatControlATerminalOrCannotBeEncodedAreReplaced() {
    assertThat(DisplayText.clean("a\u001b[1m", 5)).isEqualTo("a\uFFFD[1m");
    assertThat(DisplayText.clean("a\r\nb", 5)).isEqualTo("a\uFFFD\uFFFDb");
    assertThat(DisplayText.clean("a\u202eb\u2066", 5)).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(DisplayText.clean("a\u2028b\u2029", 5)).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(DisplayText.clean("a\u0085\u009bb", 5)).isEqualTo("a\uFFFD\uFFFDb");
    assertThat(DisplayText.clean("a\ud83d", 5)).isEqualTo("a\uFFFD");
    assertThat(DisplayText.clean("\udc00b", 5)).isEqualTo("\uFFFDb");
  }
}
