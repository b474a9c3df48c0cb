package io.vminventory.examples.ledger;

import java.util.List;

class CsvLedgerContractTest extends LedgerContract {

  @Override
  String fileName() {
    return "machines.csv";
  }

  @Override
  byte[] bytes(List<? extends List<?>> rows) {
    return Books.csv(rows);
  }
}
