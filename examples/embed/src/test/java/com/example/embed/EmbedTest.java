package com.example.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs of the command line against the testkit's vCenter. */
@Tag("embedded")
class EmbedTest {

  private static final String PASSWORD = "s3cret-of-ike";

  /** Output and exit code of one run. */
  private record Run(int exitCode, String out, String err) {}

  @TempDir private Path folder;
  private VcenterSimulator vcenter;
  private Map<String, String> environment;

  @BeforeEach
  void start() throws Exception {
    vcenter =
        VcenterSimulator.builder()
            .machine(
                SimulatedMachine.named("web-1").cpus(2).memoryMB(2048).poweredOn().ip("10.0.0.1"))
            .machine(SimulatedMachine.named("db-1").cpus(8).memoryMB(65536).poweredOff())
            .machine(SimulatedMachine.named("of-another-account"))
            .account("ike", PASSWORD, Visibility.only("web-1", "db-1").withHosts())
            .account("blind", PASSWORD, Visibility.only("web-1").unreadable("config"))
            .start();
    Path ca = Files.writeString(folder.resolve("ca.pem"), vcenter.caPem());
    environment =
        new HashMap<>(
            Map.of(
                "VCENTER_HOST",
                vcenter.url().toString(),
                "VCENTER_CA_FILE",
                ca.toString(),
                "VCENTER_USERNAME",
                "ike",
                "VCENTER_PASSWORD",
                PASSWORD));
  }

  @AfterEach
  void checkSessionsAreClosed() {
    assertThat(vcenter.sessions()).isEmpty();
    vcenter.close();
  }

  @Test
  void tableHasTheMachinesThatTheAccountSees() {
    Run run = run();
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).split(" +"))
        .containsExactly("NAME", "POWERSTATE", "NUMCPU", "MEMORYMB", "IPS", "HOST");
    assertThat(lines.get(1)).matches("db-1 +poweredOff +8 +65536 +\\S+");
    assertThat(lines.get(2)).matches("web-1 +poweredOn +2 +2048 +10\\.0\\.0\\.1 +\\S+");
  }

  @Test
  void unreadableFactIsAQuestionMark() throws Exception {
    assertThat(run("--username", "blind").out())
        .containsPattern("(?m)^web-1 +poweredOn +\\? +\\? +10\\.0\\.0\\.1");
    Map<String, Object> machine = machines(run("--username", "blind", "--json")).get(0);
    assertThat(machine).doesNotContainKeys("numCpu", "memoryMB");
    assertThat(machine.get("unreadable")).asList().contains("numCpu", "memoryMB");
  }

  @Test
  void jsonHasTheSameMachinesWithTypedValues() throws Exception {
    List<Map<String, Object>> machines = machines(run("--json"));
    assertThat(machines).extracting(machine -> machine.get("name")).contains("db-1", "web-1");
    assertThat(machines)
        .filteredOn(machine -> machine.get("name").equals("web-1"))
        .singleElement()
        .satisfies(
            machine -> {
              assertThat(machine)
                  .containsEntry("powerState", "poweredOn")
                  .containsEntry("numCpu", 2)
                  .containsEntry("memoryMB", 2048)
                  .containsEntry("ips", List.of("10.0.0.1"));
              assertThat(machine.get("id")).asString().startsWith(vcenter.instanceUuid());
            });
  }

  @Test
  void passwordIsReadFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    environment.remove("VCENTER_PASSWORD");
    assertThat(run("--password-file", file.toString()).exitCode()).isZero();
  }

  @Test
  void thumbprintReplacesTheCaFile() {
    environment.remove("VCENTER_CA_FILE");
    assertThat(run("--thumbprint", vcenter.thumbprint()).exitCode()).isZero();
  }

  @Test
  void refusedAccountExitsWithOneAndHidesThePassword() {
    environment.put("VCENTER_PASSWORD", "another-" + PASSWORD);
    Run run = run();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("ike").doesNotContain(PASSWORD);
  }

  @Test
  void unreachableVcenterExitsWithOne() {
    vcenter.stop();
    Run run = run();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("127.0.0.1:" + vcenter.port());
  }

  @Test
  void invalidSettingsExitWithTwoAndAreReported() {
    Run run = run("--thumbprint", "AB:CD", "--host", "ftp://vcenter");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("thumbprint", "ftp://vcenter");
    environment.clear();
    assertThat(run().err()).contains("--username");
    assertThat(run("--username", "ike").err()).contains("VCENTER_PASSWORD");
    String missing = folder.resolve("missing").toString();
    assertThat(run("--username", "ike", "--password-file", missing).err()).contains(missing);
    environment.put("VCENTER_PASSWORD", PASSWORD);
    assertThat(run("--username", "ike"))
        .satisfies(result -> assertThat(result.err()).contains("host is required"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> machines(Run run) throws Exception {
    assertThat(run.exitCode()).isZero();
    return (List<Map<String, Object>>) (Object) JSON.std.mapFrom(run.out()).get("machines");
  }

  private Run run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine(environment)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return new Run(commandLine.execute(arguments), out.toString(), err.toString());
  }
}
