package io.vminventory.testkit.contract;

/** A provider made of a {@link io.vminventory.api.PolledPlatform} keeps the contract. */
class PolledPlatformContractTest extends InventoryProviderContract {

  @Override
  protected ProviderFixture fixture() {
    return new PolledFixture();
  }
}
