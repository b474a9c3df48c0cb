package io.vminventory.examples.ledger;

import io.vminventory.testkit.contract.InventoryProviderContract;
import io.vminventory.testkit.contract.ProviderFixture;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

@Tag("embedded")
class XlsxLedgerContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() throws IOException {
    return new LedgerFixture("machines.xlsx", rows -> Spreadsheets.xlsx("Machines", rows));
  }
}
