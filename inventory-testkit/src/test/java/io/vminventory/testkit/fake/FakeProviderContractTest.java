package io.vminventory.testkit.fake;

import io.vminventory.testkit.contract.InventoryProviderContract;
import io.vminventory.testkit.contract.ProviderFixture;

class FakeProviderContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() {
    return new FakeFixture();
  }
}
