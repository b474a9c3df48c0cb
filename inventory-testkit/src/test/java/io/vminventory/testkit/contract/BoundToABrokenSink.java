package io.vminventory.testkit.contract;

import io.vminventory.api.InventorySink;
import io.vminventory.api.PowerState;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.fake.FakeFixture;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The contract of sinks for the one that the run names. {@link ContractsDetectViolationsTest} runs
 * it.
 */
@ExtendWith(BoundToABrokenSink.Named.class)
class BoundToABrokenSink extends InventorySinkContract {

  private final BrokenSink broken;

  BoundToABrokenSink(BrokenSink broken) {
    this.broken = broken;
  }

  @Override
  protected InventorySinkFixture fixture() {
    return new Records(broken.made());
  }

  private static final class Records implements InventorySinkFixture {

    private final FakeSink fake = new FakeSink();
    private final InventorySink broken;

    Records(Function<FakeSink, InventorySink> made) {
      this.broken = made.apply(fake);
    }

    @Override
    public InventorySink sink() {
      return broken;
    }

    @Override
    public Tenant tenant() {
      return FakeFixture.ANN;
    }

    @Override
    public Tenant otherTenant() {
      return FakeFixture.BOB;
    }

    @Override
    public Map<VirtualMachineId, PowerState> records(Tenant tenant) {
      return fake.records(tenant).machines().stream()
          .collect(Collectors.toMap(VirtualMachine::id, vm -> vm.powerState().orElseThrow()));
    }

    @Override
    public void refuse(String machine) {
      fake.refuse(machine);
    }
  }

  static final class Named implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == BrokenSink.class;
    }

    @Override
    public BrokenSink resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return BrokenSink.named(context.getConfigurationParameter(ContractRun.SUBJECT).orElseThrow());
    }
  }
}
