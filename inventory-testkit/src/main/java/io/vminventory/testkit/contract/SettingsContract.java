package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Contract of an {@link InventoryProviderFactory}. */
public abstract class SettingsContract extends ProviderContract {

  private static final String UNKNOWN = "contract-unknown";
  private static final String OTHER_UNKNOWN = "contract-other-unknown";

  private InventoryException refusalWith(Map<String, String> more) {
    Map<String, String> values = new HashMap<>(platform().settings());
    values.putAll(more);
    return refusal(() -> create(values));
  }

  private InventoryProvider create(Map<String, String> values) throws InventoryException {
    return platform().factory().create(new ProviderSettings("default", values));
  }

  private Map<String, String> mistakes() {
    Map<String, String> mistakes = new HashMap<>(platform().invalidSettings());
    mistakes.put(UNKNOWN, "1");
    mistakes.put(OTHER_UNKNOWN, "2");
    return mistakes;
  }

  @Test
  void nameIsOfLowerCaseLettersAndHyphens() {
    assertThat(platform().factory().name()).matches("[a-z]+(-[a-z]+)*");
  }

  @Test
  void serviceLoaderFindsTheFactory() {
    assumeTrue(platform().registered(), "this fixture's factory is not registered");

    assertThat(ServiceLoader.load(InventoryProviderFactory.class))
        .extracting(InventoryProviderFactory::name)
        .contains(platform().factory().name());
  }

  @Test
  void providerIsCreatedWhileThePlatformIsUnreachable() {
    platform().disconnect();

    assertThatCode(() -> create(platform().settings())).doesNotThrowAnyException();
  }

  @Test
  void providerCanBeClosedTwice() throws Exception {
    InventoryProvider provider = create(platform().settings());
    provider.close();

    assertThatCode(provider::close).doesNotThrowAnyException();
  }

  @Test
  void mistakeIsMisconfigured() {
    assertThat(refusalWith(Map.of(UNKNOWN, "1")).failure()).isEqualTo(Failure.MISCONFIGURED);
  }

  @Test
  void unknownSettingIsNamed() {
    assertThat(refusalWith(Map.of(UNKNOWN, "1"))).hasMessageContaining(UNKNOWN);
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(refusalWith(mistakes()).getMessage()).contains(mistakes().keySet());
  }
}
