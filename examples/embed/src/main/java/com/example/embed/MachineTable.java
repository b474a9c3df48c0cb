package com.example.embed;

import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Machines as a table, sorted by name. An unknown or unreadable fact is a question mark. */
final class MachineTable {

  private static final List<String> HEADERS =
      List.of("NAME", "POWERSTATE", "NUMCPU", "MEMORYMB", "IPS", "HOST");

  private MachineTable() {}

  static String of(Inventory inventory) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADERS);
    inventory.machines().stream()
        .sorted(Comparator.comparing(VirtualMachine::name).thenComparing(vm -> vm.id().value()))
        .forEach(vm -> rows.add(row(vm)));
    int[] widths = new int[HEADERS.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths[column] - cell.length() + 3));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static List<String> row(VirtualMachine vm) {
    return List.of(
        cell(vm, Fact.NAME, Optional.of(vm.name())),
        cell(vm, Fact.POWER_STATE, vm.powerState()),
        cell(vm, Fact.NUM_CPU, number(vm.numCpu())),
        cell(vm, Fact.MEMORY_MB, number(vm.memoryMB())),
        cell(vm, Fact.IPS, Optional.of(String.join(",", vm.ips()))),
        cell(vm, Fact.HOST, vm.host()));
  }

  /** A name may hold any characters; those that would move the cursor are left out. */
  private static String cell(VirtualMachine vm, Fact fact, Optional<?> value) {
    if (vm.unreadable().contains(fact) || vm.unknown().contains(fact)) {
      return "?";
    }
    return value.map(Object::toString).orElse("").replaceAll("\\p{Cntrl}", "");
  }

  private static Optional<Integer> number(OptionalInt value) {
    return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
  }
}
