package io.vminventory.testkit.contract;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * All contracts for the broken provider that the run names. {@link ContractsDetectViolationsTest}
 * runs it.
 */
@ExtendWith(BoundToABrokenProvider.Named.class)
class BoundToABrokenProvider extends InventoryProviderContract {

  private final BrokenFixture fixture;

  BoundToABrokenProvider(BrokenFixture fixture) {
    this.fixture = fixture;
  }

  @Override
  protected ProviderFixture fixture() {
    return fixture;
  }

  static final class Named implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BrokenFixture.class;
    }

    @Override
    public BrokenFixture resolveParameter(ParameterContext parameter, ExtensionContext context) {
      String name = context.getConfigurationParameter(ContractRun.SUBJECT).orElseThrow();
      String timeout = context.getConfigurationParameter(ContractRun.TIMEOUT).orElseThrow();
      return new BrokenFixture(BrokenProvider.named(name), Duration.parse(timeout));
    }
  }
}
