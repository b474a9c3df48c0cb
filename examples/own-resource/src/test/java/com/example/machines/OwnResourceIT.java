package com.example.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.api.Inventory;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.k8s.sink.WritePermit;
import java.io.File;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The program between a real API server and a vCenter, checked with kubectl. It changes nothing in
 * the vCenter, and deletes the CRD at the end.
 */
@EnabledIfEnvironmentVariable(named = Kubectl.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = "VMINVENTORY_IT_VCENTER_URL", matches = ".+")
@Timeout(60)
@Tag("slow")
class OwnResourceIT {

  private static final String CRD = "deploy/machines.test.local.yaml";

  /** Full resource name, since other API groups of the cluster can have machines, too. */
  private static final String MACHINES = "machines.test.local";

  private static final String NAMESPACE = "own-resource-it";
  private static final Kubectl KUBECTL = new Kubectl(NAMESPACE);
  private static final String FIRST_NAME = "jsonpath={.items[0].metadata.name}";
  private static final String VERSIONS =
      "jsonpath={range .items[*]}{.metadata.name}{\" \"}{.metadata.resourceVersion}"
          + "{\" \"}{.updateDate}{\"\\n\"}{end}";

  @BeforeAll
  static void firstRun() {
    KUBECTL.run("apply", "-f", CRD);
    KUBECTL.run("wait", "--for=condition=Established", "--timeout=20s", "crd/machines.test.local");
    KUBECTL.run("create", "namespace", NAMESPACE);
    Run first = program();
    assertThat(first.exitCode()).as(first.err()).isZero();
    System.out.println(first.out());
  }

  @AfterAll
  static void remove() {
    KUBECTL.runWithInput("", "delete", "-f", CRD, "--timeout=20s", "--ignore-not-found");
    KUBECTL.runWithInput(
        "", "delete", "namespace", NAMESPACE, "--wait=false", "--ignore-not-found");
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }

  private static Run program(String... more) {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(
        new String[] {"--namespace", NAMESPACE, "--kubeconfig", variable(Kubectl.KUBECONFIG)},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Run.of(
        Map.of(
            "VCENTER_HOST", variable("VMINVENTORY_IT_VCENTER_URL"),
            "VCENTER_CA_FILE", variable("VMINVENTORY_IT_VCENTER_CA"),
            "VCENTER_USERNAME", variable("VMINVENTORY_IT_VCENTER_USERNAME"),
            "VCENTER_PASSWORD", variable("VMINVENTORY_IT_VCENTER_PASSWORD")),
        arguments);
  }

  private static String anyRecord() {
    return KUBECTL.run("get", MACHINES, "-o", FIRST_NAME);
  }

  @Test
  void tableHasThePrinterColumns() {
    String table = KUBECTL.run("get", MACHINES);
    System.out.println(table);

    assertThat(table.lines().findFirst().orElse("").split(" +"))
        .containsExactly("NAME", "POWERSTATE", "NUMCPU", "MEMORYMB", "IPS", "UPDATEDATE");
    assertThat(table.lines().skip(1))
        .hasSizeGreaterThan(20)
        .allMatch(
            line ->
                line.matches(
                    "\\S+ +(poweredOn|poweredOff|suspended) +\\d+ +\\d+ .* \\d+[sm]\\d*s?"))
        .anyMatch(line -> line.matches(".* \\[\"[0-9a-f.:]+\".*"));
  }

  @Test
  void tableIsSortedNumerically() {
    List<Integer> cpus =
        KUBECTL
            .run("get", MACHINES, "--sort-by=.numCpu", "--no-headers")
            .lines()
            .map(line -> Integer.valueOf(line.split(" +")[2]))
            .toList();

    assertThat(cpus).isSorted().hasSizeGreaterThan(20);
  }

  @Test
  void secondRunWritesNothing() {
    String before = KUBECTL.run("get", MACHINES, "-o", VERSIONS);
    Run second = program();

    assertThat(second.out()).startsWith("0 created, 0 changed, 0 deleted, ");
    assertThat(KUBECTL.run("get", MACHINES, "-o", VERSIONS)).isEqualTo(before);
  }

  @Test
  void diffShowsTheChangeOfAnEdit() {
    String record = anyRecord();
    String yaml = KUBECTL.run("get", MACHINES, record, "-o", "yaml");
    String edited = yaml.replaceFirst("(?m)^numCpu: \\d+$", "numCpu: 64");

    Kubectl.Result diff = KUBECTL.runWithInput(edited, "diff", "-f", "-");
    System.out.println(diff.output());

    assertThat(diff.exitCode()).isEqualTo(1);
    assertThat(diff.output())
        .containsPattern("(?m)^-numCpu: \\d+$")
        .containsPattern("(?m)^\\+numCpu: 64$");
    assertThat(KUBECTL.runWithInput(yaml, "diff", "-f", "-")).isEqualTo(new Kubectl.Result(0, ""));
  }

  @Test
  void memoryThatIsNotANumberIsRefused() {
    String yaml = KUBECTL.run("get", MACHINES, anyRecord(), "-o", "yaml");
    Kubectl.Result result =
        KUBECTL.runWithInput(
            yaml.replaceFirst("(?m)^memoryMB: \\d+$", "memoryMB: 2o48"), "apply", "-f", "-");
    System.out.println(result.output());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("memoryMB", "must be of type integer", "string");
  }

  @Test
  void sourceCannotBeChanged() {
    Kubectl.Result result =
        KUBECTL.runWithInput(
            "", "patch", MACHINES, anyRecord(), "--type=merge", "-p", "{\"source\":\"a/b/c\"}");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("a record's source cannot be changed");
  }

  @Test
  void editedRecordIsRepairedAndFieldsOfPeopleAreKept() {
    String record = anyRecord();
    KUBECTL.run(
        "patch",
        MACHINES,
        record,
        "--type=merge",
        "-p",
        "{\"memoryMB\":7,\"costCenter\":\"4711\",\"metadata\":{\"annotations\":{\"note\":\"mine\"}}}");

    Run run = program();
    System.out.println(run.out());

    assertThat(run.out()).contains("~ " + record + ": memoryMB 7 -> ", "1 changed");
    assertThat(KUBECTL.run("get", MACHINES, record, "-o", "yaml"))
        .contains("costCenter: \"4711\"", "note: mine")
        .doesNotContain("memoryMB: 7\n");
  }

  @Test
  void massDisappearanceIsHeld() throws Exception {
    String before = KUBECTL.run("get", MACHINES, "-o", VERSIONS);
    Tenant tenant =
        new Tenant(new TenantId(NAMESPACE, "machines"), "any", Secret.of("none"), NAMESPACE);
    try (KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(new File(variable(Kubectl.KUBECONFIG))))
                .build();
        KubernetesInventorySink sink =
            new KubernetesInventorySink(
                client,
                new MachineFormat(),
                SinkOptions.defaults(),
                WritePermit.ALWAYS,
                InstantSource.system())) {
      SinkResult result = sink.apply(tenant, Inventory.of("", List.of()), 0);
      System.out.println(Report.of(result));

      assertThat(result.heldDeletions()).isEqualTo((int) before.lines().count());
      assertThat(result.writes()).isEmpty();
    }
    assertThat(KUBECTL.run("get", MACHINES, "-o", VERSIONS)).isEqualTo(before);
  }
}
