package io.vminventory.examples.ledger;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import java.time.InstantSource;

/** Factory of providers that read a ledger of machines from a CSV or XLSX file. */
public final class LedgerProviderFactory implements InventoryProviderFactory {

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public InventoryProvider create(ProviderSettings settings) throws InventoryException {
    return new LedgerProvider(LedgerSettings.read(settings), InstantSource.system());
  }
}
