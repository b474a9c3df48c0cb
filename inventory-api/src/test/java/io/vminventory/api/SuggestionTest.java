package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class SuggestionTest {

  private static final List<String> KNOWN =
      List.of("ca-file", "host", "insecure", "max-sessions", "page-size", "thumbprint");

  @ParameterizedTest
  @CsvSource({
    "hots, host",
    "hosst, host",
    "caFile, ca-file",
    "CA_FILE, ca-file",
    "thumbprnt, thumbprint",
    "max_session, max-sessions"
  })
  void slipsOfThePenAreUnderstood(String written, String meant) {
    assertThat(Suggestion.of(written, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"password", "x", "timeout", "''"})
  void otherNamesAreNotGuessed(String written) {
    assertThat(Suggestion.of(written, KNOWN)).isEmpty();
  }

  @Test
  void nothingIsKnown() {
    assertThat(Suggestion.of("host", List.of())).isEmpty();
  }
}
