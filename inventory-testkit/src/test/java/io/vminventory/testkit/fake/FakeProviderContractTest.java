package io.vminventory.testkit.fake;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.PowerState;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.contract.InventoryProviderContract;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

class FakeProviderContractTest extends InventoryProviderContract {

  private final AtomicInteger numbers = new AtomicInteger(100);
  private final FakeProvider provider =
      new FakeProvider().account("ann", "ann's word").account("bob", "bob's word");

  FakeProviderContractTest() {
    SampleMachines.story().forEach(provider::put);
  }

  private static Tenant tenant(String username, String password) {
    return new Tenant(new TenantId("default", username), username, Secret.of(password), "default");
  }

  @Override
  protected InventoryProvider provider() {
    return provider;
  }

  @Override
  protected Tenant tenant() {
    return tenant("ann", "ann's word");
  }

  @Override
  protected Tenant otherTenant() {
    return tenant("bob", "bob's word");
  }

  @Override
  protected Tenant tenantWithWrongPassword() {
    return tenant("ann", "guessed word");
  }

  @Override
  protected Set<VirtualMachineId> machines() {
    return provider.inventory().machines().stream()
        .map(VirtualMachine::id)
        .collect(Collectors.toSet());
  }

  @Override
  protected VirtualMachineId add(String name) {
    VirtualMachine machine =
        SampleMachines.machine(numbers.incrementAndGet(), name, 1, 512, "10.0.0.1");
    provider.put(machine);
    return machine.id();
  }

  @Override
  protected void change(VirtualMachineId id) {
    provider.put(
        VirtualMachine.builder(id, "contract-changed").powerState(PowerState.SUSPENDED).build());
  }

  @Override
  protected void remove(VirtualMachineId id) {
    provider.remove(id);
  }

  @Override
  protected int openSessions() {
    return provider.openSessions();
  }
}
