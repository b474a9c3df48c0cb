package io.vminventory.testkit.contract;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of a provider, all suites together: what the operator relies on. Extend it, and give it
 * a fixture that reaches your provider.
 *
 * <p>The suites state the promises of {@link io.vminventory.api.InventoryProviderFactory}, {@link
 * io.vminventory.api.InventoryProvider} and {@link io.vminventory.api.InventorySession}. To bind
 * only some of them, extend these: each needs a fixture in the same way.
 */
@Timeout(120)
public abstract class InventoryProviderContract {

  /** Reaches the provider and its platform; called once for each test, and closed after it. */
  protected abstract ProviderFixture fixture() throws Exception;

  @Nested
  class Settings extends SettingsContract {
    @Override
    protected ProviderFixture fixture() throws Exception {
      return InventoryProviderContract.this.fixture();
    }
  }

  @Nested
  class Snapshots extends SnapshotContract {
    @Override
    protected ProviderFixture fixture() throws Exception {
      return InventoryProviderContract.this.fixture();
    }
  }

  @Nested
  class Changes extends ChangesContract {
    @Override
    protected ProviderFixture fixture() throws Exception {
      return InventoryProviderContract.this.fixture();
    }
  }

  @Nested
  class Failures extends FailuresContract {
    @Override
    protected ProviderFixture fixture() throws Exception {
      return InventoryProviderContract.this.fixture();
    }
  }

  @Nested
  class Sessions extends SessionsContract {
    @Override
    protected ProviderFixture fixture() throws Exception {
      return InventoryProviderContract.this.fixture();
    }
  }
}
