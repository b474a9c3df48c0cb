package io.vminventory.testkit.fake;

import io.vminventory.testkit.contract.InventoryProviderContract;
import io.vminventory.testkit.contract.ProviderFixture;
import org.junit.jupiter.api.Tag;

@Tag("pure")
class FakeProviderContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() {
    return new FakeFixture();
  }
}
