package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class CellValuesTest {

  private final List<Column> refused = new ArrayList<>();
  private final CellValues values = new CellValues((column, problem) -> refused.add(column));

  @ParameterizedTest
  @CsvSource({
    "2048,Memory,2048",
    "2048 MB,Memory,2048",
    "2 GB,Memory,2048",
    "2gib,RAM,2048",
    "1.5 GB,RAM,1536",
    "1 TB,RAM,1048576",
    "2097152 KB,RAM,2048",
    "2,Memory (GB),2048",
    "2,RAM_GB,2048",
    "512 MB,Memory GB,512",
    "2048.0,Memory MB,2048"
  })
  void memoryHasTheUnitOfTheCellOrTheHeader(String text, String title, int expected) {
    assertThat(values.memoryMB(text, title)).isEqualTo(expected);
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2o48", "2,048", "2.048", "2 GB or so", "-1", "0 GB", "4", "1e3", "9999999 TB"})
  void ambiguousMemoryIsRefused(String text) {
    assertThat(values.memoryMB(text, "Memory")).isNull();
    assertThat(refused).containsExactly(Column.MEMORY);
  }

  @ParameterizedTest
  @CsvSource({"4,4", "4.0,4", "128,128"})
  void cpusAreWholeNumbers(String text, int expected) {
    assertThat(values.cpus(text)).isEqualTo(expected);
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"four", "0", "1.5", "2x4", "99999999999"})
  void invalidCpusAreRefused(String text) {
    assertThat(values.cpus(text)).isNull();
    assertThat(refused).containsExactly(Column.CPUS);
  }

  @ParameterizedTest
  @CsvSource({
    "on,poweredOn", "Powered On,poweredOn", "RUNNING,poweredOn",
    "off,poweredOff", "stopped,poweredOff", "suspended,suspended"
  })
  void commonNamesOfPowerStatesAreAccepted(String text, String expected) {
    assertThat(values.powerState(text)).hasToString(expected);
  }

  @Test
  void unknownPowerStateIsRefused() {
    assertThat(values.powerState("maybe")).isNull();
    assertThat(refused).containsExactly(Column.POWER_STATE);
  }

  @Test
  void addressesCanBeSeparatedInAnyUsualWay() {
    assertThat(values.addresses("10.0.0.5, 10.0.0.6;2001:db8::1\n10.0.0.7"))
        .containsExactly("10.0.0.5", "10.0.0.6", "2001:db8::1", "10.0.0.7");
    assertThat(refused).isEmpty();
  }

  @Test
  void loopbackAndLinkLocalAreLeftOut() {
    assertThat(values.addresses("127.0.0.1 169.254.1.1 ::1 fe80::1 10.0.0.5"))
        .containsExactly("10.0.0.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.256",
        "10.0.0",
        "dhcp",
        "web-1.example.com",
        "10.0.0.1/24",
        ":",
        "10.0.0.1."
      })
  void invalidAddressesAreRefused(String text) {
    assertThat(values.addresses(text)).isEmpty();
    assertThat(refused).containsExactly(Column.IPS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "n/a", "N/A", "?"})
  void cellsWithoutAValueAreEmpty(String text) {
    assertThat(values.memoryMB(text, "Memory")).isNull();
    assertThat(values.cpus(text)).isNull();
    assertThat(values.powerState(text)).isNull();
    assertThat(values.addresses(text)).isEmpty();
    assertThat(refused).isEmpty();
  }
}
