package io.vminventory.testkit.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class RandomChangesTest {

  private static VcenterSimulator vcenter() {
    return VcenterSimulator.builder().withoutTls().start();
  }

  private static List<String> steps(long seed, int steps) {
    try (VcenterSimulator vcenter = vcenter()) {
      RandomChanges changes = new RandomChanges(seed, new SimulatorActions(vcenter, "/DC0/vm"));
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        lines.add(changes.step().toString());
      }
      return lines;
    }
  }

  @Test
  void sameSeedMakesTheSameSteps() {
    List<String> steps = steps(42, 500);

    assertThat(steps(42, 500)).isEqualTo(steps);
    assertThat(steps(43, 500)).isNotEqualTo(steps);
    assertThat(steps.get(0)).startsWith("#1 add vm-1 \"");
    for (String kind :
        List.of(
            "remove",
            "power on",
            "power off",
            "flap",
            "reconfigure",
            "rename vm",
            "move",
            "give")) {
      assertThat(steps).anyMatch(step -> step.contains(" " + kind));
    }
    assertThat(steps)
        .anyMatch(step -> step.contains("rename folder"))
        .anyMatch(step -> step.contains("rename host"))
        .anyMatch(step -> step.contains("日本"));
  }

  @Test
  void expectedMachinesMatchTheSimulator() {
    try (VcenterSimulator vcenter = vcenter()) {
      RandomChanges changes = new RandomChanges(7, new SimulatorActions(vcenter, "/DC0/vm"), 3, 12);
      for (int i = 0; i < 2000; i++) {
        Step step = changes.step();
        if (i >= 3) {
          assertThat(changes.machines()).as("%s", step).hasSizeBetween(3, 12);
        }
        assertThat(vcenter.machines().keySet())
            .as("%s", step)
            .isEqualTo(changes.machines().keySet());
      }

      Map<String, ExpectedMachine> real = new LinkedHashMap<>();
      vcenter.machines().forEach((id, machine) -> real.put(id, asSeen(machine)));
      assertThat(real).isEqualTo(changes.machines());
      assertThat(changes.removed()).isNotEmpty().doesNotContainAnyElementsOf(real.keySet());
    }
  }

  private static ExpectedMachine asSeen(SimulatedMachine machine) {
    return new ExpectedMachine(
        machine.name(),
        machine.powerState().equals("poweredOn"),
        machine.cpus(),
        machine.memoryMB(),
        machine.nics().isEmpty() ? List.of() : machine.nics().get(0).ips(),
        machine.folder().substring("/DC0/vm/".length()),
        machine.host());
  }

  @Test
  void unsupportedActionsAreNotCalled() {
    List<String> ids = new ArrayList<>();
    PlatformActions simple =
        new PlatformActions() {
          @Override
          public Set<Action> supported() {
            return EnumSet.noneOf(Action.class);
          }

          @Override
          public String add(ExpectedMachine machine) {
            ids.add("m" + ids.size());
            return ids.get(ids.size() - 1);
          }

          @Override
          public void remove(String id) {
            assertThat(ids).contains(id);
          }
        };
    RandomChanges changes = new RandomChanges(1, simple, 1, 3);

    for (int i = 0; i < 200; i++) {
      assertThat(changes.step().text()).matches("(add|remove) m.*");
    }

    assertThat(changes.machines().size() + changes.removed().size()).isEqualTo(ids.size());
    assertThatThrownBy(() -> simple.power("m0", true))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void boundsWithoutRoomAreRejected() {
    try (VcenterSimulator vcenter = vcenter()) {
      SimulatorActions actions = new SimulatorActions(vcenter, "/DC0/vm");
      assertThatThrownBy(() -> new RandomChanges(1, actions, 0, 5))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new RandomChanges(1, actions, 5, 5))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
