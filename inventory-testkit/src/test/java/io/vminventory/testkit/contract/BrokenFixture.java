package io.vminventory.testkit.contract;

import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.testkit.fake.FakeFixture;
import java.time.Duration;

/** A broken provider under the contracts, which do not wait for it as long as for others. */
final class BrokenFixture extends FakeFixture {

  private final BrokenProvider broken;
  private final Duration timeout;

  BrokenFixture(BrokenProvider broken, Duration timeout) {
    this.broken = broken;
    this.timeout = timeout;
  }

  @Override
  public InventoryProviderFactory factory() {
    return broken.factory().apply(fake());
  }

  /** No fake is; only one of them is said to be. */
  @Override
  public boolean registered() {
    return broken.caughtBy().contains("Settings.serviceLoaderFindsTheFactory");
  }

  @Override
  public Duration timeout() {
    return timeout;
  }
}
