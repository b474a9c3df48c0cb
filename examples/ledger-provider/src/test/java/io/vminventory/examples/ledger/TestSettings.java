package io.vminventory.examples.ledger;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings for tests; those that a test does not set have their defaults. */
final class TestSettings {

  private TestSettings() {}

  static LedgerSettings file(Path file) {
    return settings(file, Map.of(), false, StandardCharsets.UTF_8);
  }

  static LedgerSettings columns(Map<Column, String> columns) {
    return settings(Path.of("machines.xlsx"), columns, false, StandardCharsets.UTF_8);
  }

  static LedgerSettings visibleToAll() {
    return settings(Path.of("machines.xlsx"), Map.of(), true, StandardCharsets.UTF_8);
  }

  static LedgerSettings encoding(Charset encoding) {
    return settings(Path.of("machines.csv"), Map.of(), false, encoding);
  }

  private static LedgerSettings settings(
      Path file, Map<Column, String> columns, boolean visibleToAll, Charset encoding) {
    return new LedgerSettings(
        "default",
        file,
        file.toString().endsWith(".xlsx"),
        Path.of("accounts"),
        Optional.empty(),
        encoding,
        Optional.empty(),
        columns,
        visibleToAll,
        Duration.ofMillis(250),
        Duration.ofSeconds(3));
  }
}
