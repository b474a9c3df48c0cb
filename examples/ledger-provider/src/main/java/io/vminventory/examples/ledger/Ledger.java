package io.vminventory.examples.ledger;

import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Result of one complete read. Immutable.
 *
 * @param entries the machines, each with the accounts that see it
 * @param visibleToAll whether all accounts see all machines
 */
record Ledger(Map<VirtualMachineId, Entry> entries, boolean visibleToAll) {

  /**
   * One row.
   *
   * @param accounts the accounts that see the machine, unless all do
   */
  record Entry(VirtualMachine machine, Set<String> accounts) {

    Entry {
      accounts = Set.copyOf(accounts);
    }
  }

  Ledger {
    entries = Map.copyOf(entries);
  }

  static Ledger of(List<Entry> entries, boolean visibleToAll) {
    Map<VirtualMachineId, Entry> byId = new LinkedHashMap<>();
    entries.forEach(entry -> byId.put(entry.machine().id(), entry));
    return new Ledger(byId, visibleToAll);
  }

  Inventory seenBy(String username) {
    return Inventory.of(
        "ledger",
        entries.values().stream()
            .filter(entry -> visibleToAll || entry.accounts().contains(username))
            .map(Entry::machine)
            .toList());
  }

  /** Whether every account still sees each machine that it saw in an earlier ledger. */
  boolean hasAllOf(Ledger earlier) {
    return earlier.entries().entrySet().stream()
        .allMatch(
            old -> {
              Entry now = entries.get(old.getKey());
              return now != null && now.accounts().containsAll(old.getValue().accounts());
            });
  }
}
