package io.vminventory.testkit.contract;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.testkit.fake.FakeFixture;
import io.vminventory.testkit.fake.FakeProvider;
import java.util.List;
import java.util.Optional;

/** Providers that do not treat their settings as they should. */
final class BrokenSettings {

  private BrokenSettings() {}

  static List<BrokenProvider> all() {
    return List.of(
        BrokenProvider.factory(
            "name with capitals",
            fake -> BrokenProvider.factoryOf("Fake", fake.factory()::create),
            "Settings.nameIsOfLowerCaseLettersAndHyphens"),
        BrokenProvider.factory(
            "factory that is not registered",
            FakeProvider::factory,
            "Settings.serviceLoaderFindsTheFactory"),
        BrokenProvider.settings(
            "logs in when it is made",
            fake ->
                settings -> {
                  fake.factory().create(settings);
                  login(fake);
                  return fake;
                },
            "Settings.providerIsCreatedWhileThePlatformIsUnreachable"),
        BrokenProvider.settings(
            "second close of the provider throws",
            fake ->
                settings -> {
                  fake.factory().create(settings);
                  return new ClosedOnce(fake);
                },
            "Settings.providerCanBeClosedTwice"),
        BrokenProvider.settings(
            "mistake reported as a bug",
            fake ->
                settings -> {
                  try {
                    return fake.factory().create(settings);
                  } catch (InventoryException e) {
                    throw new InventoryException(Failure.INTERNAL, e.getMessage());
                  }
                },
            "Settings.mistakeIsMisconfigured"),
        BrokenProvider.settings(
            "unknown setting ignored",
            fake -> settings -> fake,
            "Settings.mistakeIsMisconfigured",
            "Settings.unknownSettingIsNamed",
            "Settings.allMistakesAreReportedAtOnce"),
        BrokenProvider.settings(
            "unknown setting refused without its name",
            fake ->
                settings -> {
                  if (!settings.values().isEmpty()) {
                    throw misconfigured("there is a setting that is not known");
                  }
                  return fake;
                },
            "Settings.unknownSettingIsNamed",
            "Settings.allMistakesAreReportedAtOnce"),
        BrokenProvider.settings(
            "only the first mistake reported",
            fake ->
                settings -> {
                  Optional<String> first = settings.values().keySet().stream().findFirst();
                  if (first.isPresent()) {
                    throw misconfigured(first.get() + " is not a setting");
                  }
                  return fake;
                },
            "Settings.allMistakesAreReportedAtOnce"));
  }

  /** Provider whose second close throws. */
  private static final class ClosedOnce implements InventoryProvider {

    private final InventoryProvider provider;
    private boolean closed;

    ClosedOnce(InventoryProvider provider) {
      this.provider = provider;
    }

    @Override
    public InventorySession open(Tenant tenant, SessionPurpose purpose)
        throws InventoryException, InterruptedException {
      return provider.open(tenant, purpose);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed before");
      }
      closed = true;
    }
  }

  private static InventoryException misconfigured(String message) {
    return new InventoryException(Failure.MISCONFIGURED, message);
  }

  private static void login(FakeProvider fake) throws InventoryException {
    try {
      fake.open(FakeFixture.ANN, SessionPurpose.READ).close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
