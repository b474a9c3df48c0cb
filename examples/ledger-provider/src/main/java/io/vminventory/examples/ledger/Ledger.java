package io.vminventory.examples.ledger;

import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one complete read has found. Immutable.
 *
 * @param entries the machines, each with who sees it
 * @param visibleToAll whether everybody sees each of them
 */
record Ledger(Map<VirtualMachineId, Entry> entries, boolean visibleToAll) {

  /**
   * One row.
   *
   * @param accounts who sees the machine, unless everybody does
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

  /** Whether nobody loses sight of a machine that an earlier ledger showed. */
  boolean hasAllOf(Ledger earlier) {
    return earlier.entries().entrySet().stream()
        .allMatch(
            old -> {
              Entry now = entries.get(old.getKey());
              return now != null && now.accounts().containsAll(old.getValue().accounts());
            });
  }
}
