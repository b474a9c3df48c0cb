package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class TablePrinterTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "string | poweredOn | `\"poweredOn\"`",
        "string | [10.141.86.60] | `\"[\\\"10.141.86.60\\\"]\"`",
        "string | {a: 1} | `\"{\\\"a\\\":1}\"`",
        "string | 5 | `\"5\"`",
        "integer | 2048 | 2048",
        "integer | `\"2048\"` | null",
        "integer | 1.9 | 1",
        "number | 1.5 | 1.5",
        "boolean | false | false",
        "boolean | maybe | null",
        "date | `\"2026-11-23T11:59:13Z\"` | `\"47s\"`",
        "date | yesterday | `\"<invalid>\"`",
        "date | null | null"
      },
      quoteCharacter = '`')
  void cellIsConvertedToTheTypeOfItsColumn(String type, String value, String expected) {
    PrinterColumn column = PrinterColumn.of("C", type, 0, ".v");
    String cell = TablePrinter.cell(column, TestJson.object("v: " + value), NOW).toString();

    assertThat(cell).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "-PT5S, <invalid>",
    "PT0.5S, 0s",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT2M5S, 2m5s",
    "PT10M30S, 10m",
    "PT179M, 179m",
    "PT3H12M, 3h12m",
    "PT8H30M, 8h",
    "PT47H, 47h",
    "PT49H, 2d1h",
    "P8DT5H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P731D, 2y1d",
    "P3000D, 8y"
  })
  void ageIsPrintedLikeKubectl(Duration age, String expected) {
    assertThat(Age.print(age)).isEqualTo(expected);
  }

  @Test
  void acceptHeaderRequestsTables() {
    assertThat(TablePrinter.isRequested("application/json;as=Table;v=v1;g=meta.k8s.io")).isTrue();
    assertThat(TablePrinter.isRequested("application/json")).isFalse();
  }
}
