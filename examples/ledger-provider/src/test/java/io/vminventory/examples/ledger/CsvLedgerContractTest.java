package io.vminventory.examples.ledger;

import io.vminventory.testkit.contract.InventoryProviderContract;
import io.vminventory.testkit.contract.ProviderFixture;
import java.io.IOException;

class CsvLedgerContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() throws IOException {
    return new LedgerFixture("machines.csv", Books::csv);
  }
}
