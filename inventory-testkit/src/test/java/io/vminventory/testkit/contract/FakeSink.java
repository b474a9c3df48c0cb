package io.vminventory.testkit.contract;

import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records in memory, named as their machines. */
final class FakeSink implements InventorySink {

  private static final int FEW = 10;

  private final Map<TenantId, Map<VirtualMachineId, VirtualMachine>> records = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

  Inventory records(Tenant tenant) {
    return Inventory.of("", of(tenant).values());
  }

  private Map<VirtualMachineId, VirtualMachine> of(Tenant tenant) {
    return records.computeIfAbsent(tenant.id(), id -> new LinkedHashMap<>());
  }

  void refuse(String name) {
    refused.add(name);
  }

  boolean refuses(VirtualMachine machine) {
    return refused.contains(machine.name());
  }

  @Override
  public SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Map<VirtualMachineId, VirtualMachine> own = of(tenant);
    List<VirtualMachine> gone =
        own.values().stream().filter(vm -> inventory.find(vm.id()).isEmpty()).toList();
    boolean held = gone.size() > FEW && gone.size() != confirmedDeletions;
    List<SinkResult.Write> writes = new ArrayList<>();
    List<SinkResult.Problem> problems = new ArrayList<>();
    if (!held) {
      gone.forEach(vm -> own.remove(vm.id()));
      gone.forEach(vm -> writes.add(write(Kind.DELETED, vm)));
    }
    int unchanged = 0;
    for (VirtualMachine reported : inventory.machines()) {
      VirtualMachine vm = withLastKnown(reported, own.get(reported.id()));
      if (vm.equals(own.get(vm.id()))) {
        unchanged++;
      } else if (refuses(vm)) {
        problems.add(new SinkResult.Problem(vm.name(), "it is refused"));
      } else {
        writes.add(write(own.put(vm.id(), vm) == null ? Kind.CREATED : Kind.CHANGED, vm));
      }
    }
    writes.sort(Comparator.comparing(SinkResult.Write::record));
    return new SinkResult(writes, unchanged, held ? gone.size() : 0, problems);
  }

  /** Of the facts, this sink keeps names and power states. */
  private static VirtualMachine withLastKnown(
      VirtualMachine reported, @Nullable VirtualMachine record) {
    if (record == null || reported.unknown().isEmpty()) {
      return reported;
    }
    boolean nameIsKnown = !reported.unknown().contains(Fact.NAME);
    boolean powerStateIsKnown = !reported.unknown().contains(Fact.POWER_STATE);
    return VirtualMachine.builder(reported.id(), (nameIsKnown ? reported : record).name())
        .powerState((powerStateIsKnown ? reported : record).powerState().orElse(null))
        .build();
  }

  private static SinkResult.Write write(Kind kind, VirtualMachine machine) {
    return new SinkResult.Write(kind, machine.name(), machine.name());
  }
}
