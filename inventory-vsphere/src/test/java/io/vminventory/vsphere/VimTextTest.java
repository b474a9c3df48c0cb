package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class VimTextTest {

  @ParameterizedTest
  @CsvSource({
    "web, web, web",
    "a%2fb, a/b, a%2fb",
    "a%5cb, a\\b, a\\b",
    "100%25, 100%, 100%",
    "100%, 100%, 100%",
    "a%252fb, a%2fb, a%252fb",
    "a%25252fb, a%252fb, a%25252fb",
    "a%255cb, a%5cb, a%5cb",
    "a%20b, a%20b, a%20b",
    "a%2Fb, a%2Fb, a%2Fb",
    "%25%2f, %/, %%2f",
    "$1, $1, $1",
  })
  void onlyTheEscapesOfVcenterAreDecoded(String written, String name, String pathElement) {
    assertThat(VimText.unescapeName(written)).isEqualTo(name);
    assertThat(VimText.pathElement(written)).isEqualTo(pathElement);
  }

  @Test
  void differentNamesAreDifferentPathElements() {
    Stream<String> names = Stream.of("a/b", "a%2fb", "a%252fb", "a\\b", "a%5cb", "a%b", "a%25b");
    assertThat(
            names
                .map(n -> n.replace("%", "%25").replace("/", "%2f").replace("\\", "%5c"))
                .map(VimText::pathElement)
                .collect(Collectors.toSet()))
        .hasSize(7);
  }

  @Test
  void serverTextsAreQuotedInOneBoundedPrintableLine() {
    assertThat(VimText.quote("a\r\nERROR \u001b[31mfake\u202e\u0000 b"))
        .isEqualTo("a ERROR [31mfake b");
    assertThat(VimText.quote("x".repeat(5_000))).hasSize(303).endsWith("...");
  }

  @Test
  void invalidNumbersAndTruthValuesAreEmpty() {
    assertThat(VimText.toInteger(" 4 ")).hasValue(4);
    assertThat(VimText.toInteger("2o48")).isEmpty();
    assertThat(VimText.toInteger("99999999999")).isEmpty();
    assertThat(VimText.toBoolean("1")).hasValue(true);
    assertThat(VimText.toBoolean(" false ")).hasValue(false);
    assertThat(VimText.toBoolean("yes")).isEmpty();
  }
}
