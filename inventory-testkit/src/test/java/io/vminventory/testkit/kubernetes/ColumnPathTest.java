package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ColumnPathTest {

  private static final JsonNode OBJECT =
      TestJson.object(
          """
          metadata:
            annotations: {example.com/x: noted}
          status:
            ips: [10.0.0.1, 10.0.0.2]
            conditions:
              - {type: Ready, status: "True"}
              - {type: Synced, status: "False"}
            none: null
          """);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".status.ips | [['10.0.0.1', '10.0.0.2']]",
        ".status.ips[0] | ['10.0.0.1']",
        ".status.ips[-1] | ['10.0.0.2']",
        ".status.ips[*] | ['10.0.0.1', '10.0.0.2']",
        ".status.ips[7] | []",
        ".status.conditions[?(@.type==\"Ready\")].status | ['True']",
        ".status.conditions[?(@.type!='Ready')].type | ['Synced']",
        ".status.conditions[?(@.type==\"Other\")].status | []",
        ".metadata.annotations.example\\.com/x | ['noted']",
        ".metadata.annotations['example.com/x'] | ['noted']",
        ".status.none | []",
        ".nothing.at.all | []"
      },
      quoteCharacter = '`')
  void findsValues(String path, String expected) {
    assertThat(ColumnPath.parse(path).find(OBJECT))
        .isEqualTo(Json.parse(expected, true).valueStream().toList());
  }

  @Test
  void unsupportedPathsAreRejected() {
    assertThatThrownBy(() -> ColumnPath.parse(".a[1:2]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".a[1:2]");
  }
}
