package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class LedgerProviderFactoryTest {

  private static InventoryException refusal(Map<String, String> settings) {
    return catchThrowableOfType(
        InventoryException.class,
        () -> new LedgerProviderFactory().create(new ProviderSettings("default", settings)));
  }

  @Test
  void serviceLoaderFindsTheFactory() {
    assertThat(ServiceLoader.load(InventoryProviderFactory.class))
        .extracting(InventoryProviderFactory::name)
        .contains("ledger");
  }

  @Test
  void fileCanBeMissingAtStart(@TempDir Path folder) throws Exception {
    Path accounts = Files.writeString(folder.resolve("accounts"), "");
    Map<String, String> settings =
        Map.of("file", "/nowhere/machines.xlsx", "accounts", accounts.toString());

    assertThat(new LedgerProviderFactory().create(new ProviderSettings("default", settings)))
        .hasToString("ledger /nowhere/machines.xlsx");
  }

  @Test
  void allInvalidSettingsAreReportedTogether() {
    InventoryException refused =
        refusal(
            Map.of(
                "file", "machines.ods",
                "accounts", "/nowhere/accounts",
                "encoding", "latin-99",
                "separator", "comma",
                "columns", "nmae=VM, memory",
                "visible-to-all", "yes",
                "poll", "1h",
                "sheat", "Machines"));

    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refused.getMessage())
        .contains(
            "machines.ods",
            "/nowhere/accounts",
            "latin-99",
            "separator 'comma'",
            "columns 'nmae'",
            "columns 'memory' is not of the form",
            "visible-to-all 'yes'",
            "poll '1h'",
            "did you mean sheet?");
  }

  @Test
  void settingsOfTheOtherFormatAreRefused() {
    assertThat(refusal(Map.of("file", "a.xlsx", "separator", ";")))
        .hasMessageContaining("separator ';' does not go with a.xlsx")
        .hasMessageContaining("accounts is required");
    assertThat(refusal(Map.of("file", "a.csv", "sheet", "Machines")))
        .hasMessageContaining("sheet 'Machines' does not go with a.csv");
  }
}
