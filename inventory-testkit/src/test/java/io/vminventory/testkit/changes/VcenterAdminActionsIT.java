package io.vminventory.testkit.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Random changes of the vCenter or vcsim that the environment names. */
@EnabledIfEnvironmentVariable(named = "VMINVENTORY_IT_VCENTER_URL", matches = ".+")
@Tag("slow")
class VcenterAdminActionsIT {

  private static VcenterAdmin login() throws IOException {
    return VcenterAdmin.login(
        URI.create(System.getenv("VMINVENTORY_IT_VCENTER_URL")),
        Files.readString(Path.of(System.getenv("VMINVENTORY_IT_VCENTER_CA"))),
        System.getenv("VMINVENTORY_IT_VCENTER_USERNAME"),
        System.getenv("VMINVENTORY_IT_VCENTER_PASSWORD"));
  }

  @Test
  void expectedMachinesMatchTheServer() throws IOException {
    try (VcenterAdmin admin = login()) {
      List<String> others = admin.machines();
      RandomChanges changes =
          new RandomChanges(11, new VcenterAdminActions(admin, others.get(0)), 2, 8);
      try {
        for (int i = 0; i < 150; i++) {
          changes.step();
        }

        assertThat(admin.machines())
            .containsAll(changes.machines().keySet())
            .doesNotContainAnyElementsOf(changes.removed())
            .hasSize(others.size() + changes.machines().size());
        changes.machines().forEach((id, machine) -> assertSame(admin, id, machine));
      } finally {
        changes
            .machines()
            .forEach(
                (id, machine) -> {
                  if (machine.poweredOn()) {
                    admin.powerOff(id);
                  }
                  admin.destroy(id);
                });
      }
    }
  }

  private static void assertSame(VcenterAdmin admin, String id, ExpectedMachine machine) {
    assertThat(admin.property("VirtualMachine", id, "name")).contains(">" + machine.name() + "<");
    assertThat(admin.property("VirtualMachine", id, "runtime.powerState"))
        .contains(machine.poweredOn() ? ">poweredOn<" : ">poweredOff<");
    assertThat(admin.property("VirtualMachine", id, "config.hardware.numCPU"))
        .contains(">" + machine.cpus() + "<");
    assertThat(admin.property("VirtualMachine", id, "config.hardware.memoryMB"))
        .contains(">" + machine.memoryMB() + "<");
    assertThat(admin.property("Folder", admin.folderOf(id), "name"))
        .contains(">" + machine.folder() + "<");
  }
}
