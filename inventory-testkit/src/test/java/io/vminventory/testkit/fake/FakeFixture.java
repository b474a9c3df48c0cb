package io.vminventory.testkit.fake;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.PowerState;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.contract.ProviderFixture;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The fake platform under the contracts; it has all abilities. */
public class FakeFixture implements ProviderFixture {

  public static final Tenant ANN = tenant("ann", "ann's word");
  public static final Tenant BOB = tenant("bob", "bob's word");
  public static final Tenant WRONG = tenant("ann", "guessed word");

  private static final int MANY = 1000;

  private final AtomicInteger numbers = new AtomicInteger(100);
  private final FakeProvider provider =
      new FakeProvider().account("ann", "ann's word").account("bob", "bob's word");

  public FakeFixture() {
    SampleMachines.story().forEach(provider::put);
  }

  private static Tenant tenant(String username, String password) {
    return new Tenant(new TenantId("default", username), username, Secret.of(password), "default");
  }

  /** The platform itself, unbroken. */
  protected final FakeProvider fake() {
    return provider;
  }

  @Override
  public InventoryProviderFactory factory() {
    return provider.factory();
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public boolean registered() {
    return false;
  }

  @Override
  public Tenant tenant() {
    return ANN;
  }

  @Override
  public Tenant otherTenant() {
    return BOB;
  }

  @Override
  public Tenant tenantWithWrongPassword() {
    return WRONG;
  }

  @Override
  public Set<VirtualMachineId> machines() {
    return provider.inventory().machines().stream()
        .map(VirtualMachine::id)
        .collect(Collectors.toSet());
  }

  @Override
  public VirtualMachineId add(String name) {
    VirtualMachine machine =
        SampleMachines.machine(numbers.incrementAndGet(), name, 1, 512, "10.0.0.1");
    provider.put(machine);
    return machine.id();
  }

  @Override
  public void change(VirtualMachineId id) {
    provider.put(
        VirtualMachine.builder(id, "contract-changed").powerState(PowerState.SUSPENDED).build());
  }

  @Override
  public void remove(VirtualMachineId id) {
    provider.remove(id);
  }

  @Override
  public int logins() {
    return provider.attempts();
  }

  @Override
  public int openSessions() {
    return provider.openSessions();
  }

  @Override
  public void endSessions() {
    provider.failSessions(Failure.UNAVAILABLE);
  }

  @Override
  public void cutReads() {
    provider.failSessions(Failure.UNAVAILABLE);
  }

  @Override
  public void disconnect() {
    provider.failSessions(Failure.UNAVAILABLE).failOpens(Failure.UNAVAILABLE, MANY);
  }

  @Override
  public void makeUnknown(VirtualMachineId id) {
    provider.put(VirtualMachine.unknownForNow(id));
  }

  @Override
  public void loseHistory() {
    provider.loseHistory();
  }
}
