package io.vminventory.testkit.contract;

import org.junit.jupiter.api.Tag;

/** A provider made of a {@link io.vminventory.api.PolledPlatform} keeps the contract. */
@Tag("embedded")
class PolledPlatformContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() {
    return new PolledFixture();
  }
}
