package io.vminventory.testkit.contract;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.testkit.fake.FakeProvider;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The fake provider with one promise broken.
 *
 * @param name what is wrong with it
 * @param factory makes it
 * @param caughtBy the contract's tests that notice it, and no others do
 */
record BrokenProvider(
    String name, Function<FakeProvider, InventoryProviderFactory> factory, Set<String> caughtBy) {

  static Stream<BrokenProvider> all() {
    return Stream.of(
            BrokenSettings.all(), BrokenUpdates.all(), BrokenFailures.all(), BrokenSessions.all())
        .flatMap(List::stream);
  }

  /** The one of this name; {@code unbroken} is the fake itself. */
  static BrokenProvider named(String name) {
    return Stream.concat(all(), Stream.of(factory("unbroken", FakeProvider::factory)))
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Settings, and what becomes of them. */
  interface Creation {
    InventoryProvider create(ProviderSettings settings) throws InventoryException;
  }

  /** A whole factory. */
  static BrokenProvider factory(
      String name, Function<FakeProvider, InventoryProviderFactory> factory, String... caughtBy) {
    return new BrokenProvider(name, factory, Set.of(caughtBy));
  }

  /** The treatment of settings; the factory's name is right. */
  static BrokenProvider settings(
      String name, Function<FakeProvider, Creation> creation, String... caughtBy) {
    return factory(name, fake -> factoryOf("fake", creation.apply(fake)), caughtBy);
  }

  /** The login; settings are treated right. */
  static BrokenProvider login(
      String name, Function<FakeProvider, InventoryProvider> provider, String... caughtBy) {
    return settings(
        name,
        fake ->
            settings -> {
              fake.factory().create(settings);
              return provider.apply(fake);
            },
        caughtBy);
  }

  /** What becomes of a session; the login is right. */
  static BrokenProvider session(
      String name, UnaryOperator<InventorySession> session, String... caughtBy) {
    return login(
        name, fake -> (tenant, purpose) -> session.apply(fake.open(tenant, purpose)), caughtBy);
  }

  static InventoryProviderFactory factoryOf(String name, Creation creation) {
    return new InventoryProviderFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public InventoryProvider create(ProviderSettings settings) throws InventoryException {
        return creation.create(settings);
      }
    };
  }

  @Override
  public String toString() {
    return name + ": " + String.join(", ", caughtBy.stream().sorted().toList());
  }
}
