package io.vminventory.examples.ledger;

import java.util.List;

class XlsxLedgerContractTest extends LedgerContract {

  @Override
  String fileName() {
    return "machines.xlsx";
  }

  @Override
  byte[] bytes(List<? extends List<?>> rows) {
    return Books.xlsx("Machines", rows);
  }
}
