package com.example.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the command line between the testkit's vCenter and Kubernetes. */
@Timeout(60)
@Tag("embedded")
class OwnResourceTest {

  private static final String PASSWORD = "s3cret-of-ike";
  private static final int MACHINES = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final Map<String, String> environment = new HashMap<>();
  private VcenterSimulator vcenter;
  private String kubeconfig;

  @BeforeEach
  void start() throws Exception {
    var builder =
        VcenterSimulator.builder()
            .machine(
                SimulatedMachine.named("web-1").cpus(2).memoryMB(2048).poweredOn().ip("10.0.0.1"));
    for (int i = 1; i < MACHINES; i++) {
      builder.machine(SimulatedMachine.named("db-" + i).cpus(8).memoryMB(65536).poweredOff());
    }
    vcenter = builder.account("ike", PASSWORD, Visibility.everything()).start();
    kubernetes.install(Path.of("deploy/machines.test.local.yaml"));
    kubernetes.createNamespace("team");
    kubeconfig = kubernetes.writeKubeconfig(folder).toString();
    environment.put("VCENTER_HOST", vcenter.url().toString());
    environment.put(
        "VCENTER_CA_FILE", Files.writeString(folder.resolve("ca.pem"), vcenter.caPem()).toString());
    environment.put("VCENTER_USERNAME", "ike");
    environment.put("VCENTER_PASSWORD", PASSWORD);
  }

  @AfterEach
  void checkSessionsAreClosed() {
    assertThat(vcenter.sessions()).isEmpty();
    vcenter.close();
    kubernetes.close();
  }

  private Run run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--namespace", "team", "--kubeconfig", kubeconfig));
    arguments.addAll(List.of(more));
    return Run.of(environment, arguments.toArray(String[]::new));
  }

  private long writes() {
    return kubernetes.requests().writes("machines");
  }

  private Map<String, MachineFacts> records() {
    Map<String, MachineFacts> records = new TreeMap<>();
    kubernetes.client().resources(Machine.class).inNamespace("team").list().getItems().stream()
        .forEach(record -> records.put(record.getMetadata().getName(), record.facts()));
    return records;
  }

  @Test
  void machinesBecomeRecordsAndASecondRunWritesNothing() {
    Run first = run();
    Map<String, MachineFacts> records = records();
    long writes = writes();
    Run second = run();

    assertThat(first.err()).isEmpty();
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("+ web-1: web-1", "20 created, 0 changed");
    assertThat(records).hasSize(MACHINES);
    assertThat(records.get("web-1"))
        .extracting(MachineFacts::powerState, MachineFacts::numCpu, MachineFacts::ip)
        .containsExactly("poweredOn", 2, List.of("10.0.0.1"));
    assertThat(second.out().strip()).isEqualTo("0 created, 0 changed, 0 deleted, 20 unchanged");
    assertThat(writes()).isEqualTo(writes);
    assertThat(records()).isEqualTo(records);
  }

  @Test
  void changeIsOneWriteAndItsFieldIsPrinted() {
    run();
    long writes = writes();
    vcenter.reconfigure("web-1", 4, 2048);

    assertThat(run("--dry-run").out()).startsWith("~ web-1: numCpu 2 -> 4");
    assertThat(writes()).isEqualTo(writes);
    assertThat(run().out()).startsWith("~ web-1: numCpu 2 -> 4");
    assertThat(writes()).isEqualTo(writes + 1);
  }

  @Test
  void massDisappearanceIsHeldUntilItIsConfirmed() {
    run();
    vcenter.changeVisibility("ike", Visibility.only("web-1"));

    Run held = run();
    assertThat(held.exitCode()).isEqualTo(1);
    assertThat(held.out()).contains("19 deletions held", "--confirm-deletions 19");
    assertThat(records()).hasSize(MACHINES);

    assertThat(run("--confirm-deletions", "19").out()).contains("19 deleted");
    assertThat(records()).containsOnlyKeys("web-1");
  }

  @Test
  void watchFollowsVcenterAndRepairsDeletedRecords() throws Exception {
    List<Run> ended = new ArrayList<>();
    Thread program = new Thread(() -> ended.add(run("--watch")), "program");
    program.start();
    try {
      Eventually.within(TIMEOUT).untilAsserted(() -> assertThat(records()).hasSize(MACHINES));

      vcenter.powerOff("web-1");
      Eventually.within(TIMEOUT)
          .until(() -> records().get("web-1").powerState(), "poweredOff"::equals);

      kubernetes.client().resources(Machine.class).inNamespace("team").withName("db-1").delete();
      Eventually.within(TIMEOUT).untilAsserted(() -> assertThat(records()).containsKey("db-1"));
    } finally {
      program.interrupt();
      program.join(10_000);
    }
    assertThat(ended).extracting(Run::err).containsExactly("");
  }

  @Test
  void usageErrorsAndRefusedAccountsAreReported() {
    assertThat(run("--watch", "--dry-run"))
        .satisfies(result -> assertThat(result.err()).contains("--watch"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2));
    environment.put("VCENTER_PASSWORD", "another-" + PASSWORD);
    assertThat(run())
        .satisfies(result -> assertThat(result.err()).contains("ike").doesNotContain(PASSWORD))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(1));
  }
}
