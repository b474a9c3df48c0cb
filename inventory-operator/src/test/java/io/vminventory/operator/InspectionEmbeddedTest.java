package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.operator.InspectionFixture.CommandResult;
import io.vminventory.operator.cli.DoctorCommand;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Output of {@code doctor} and {@code plan} for each kind of problem. They never write, leave a
 * session or show a password.
 */
@Timeout(60)
@Tag("slow")
class InspectionEmbeddedTest {

  @TempDir private static Path folder;

  private static InspectionFixture peers;

  @BeforeAll
  static void start() throws Exception {
    peers = new InspectionFixture(folder);
  }

  @AfterAll
  static void stop() {
    peers.close();
  }

  @AfterEach
  void allow() {
    peers.kubernetes().access().allowAll();
  }

  @Test
  void healthySetupPasses() {
    CommandResult doctor = peers.doctor("--tenant", "default/well");
    assertThat(doctor.out()).contains(" ok, 0 warning, 0 failed, 0 skipped. Nothing was written.");
    assertThat(doctor.code()).isZero();
    assertThat(doctor.out())
        .containsPattern("ok +configuration +options +servers: default \\(vsphere\\)")
        .containsPattern("ok +kubernetes +API server +v1\\.35")
        .containsPattern("ok +kubernetes +vms\\.vminventory\\.io +v1 with every field")
        .containsPattern("ok +rights +secrets +get in all namespaces")
        .containsPattern(
            "ok +server default +certificate +SHA-256 thumbprint "
                + InspectionFixture.CERTIFICATES.thumbprint())
        .containsPattern("ok +server default +service +VMware vCenter Server 8\\.0\\.2")
        .containsPattern("ok +server default +clock +\\d+ s (behind|ahead of) ours")
        .containsPattern("ok +tenant default/well +password +Secret 'right' has a value under")
        .containsPattern("ok +tenant default/well +login +vCenter 127")
        .containsPattern("ok +tenant default/well +machines +the account sees 20");

    CommandResult plan = peers.plan("--tenant", "default/well");
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .startsWith("Tenant default/well: 20 machines seen on VMware vCenter Server 8.0.2")
        .containsPattern("create +machine-3-\\w{10} +machine-3\n")
        .contains("20 to create, 0 to change, 0 to delete, 0 unchanged, 0 deletions held");
  }

  @Test
  void jsonOutputIsOnlyJson() throws Exception {
    JsonNode doctor = new ObjectMapper().readTree(peers.doctor("--output", "json").out());
    assertThat(doctor.path("failed").asBoolean()).isFalse();
    assertThat(doctor.path("checks").findValuesAsText("area"))
        .contains("configuration", "kubernetes", "rights", "server default");
    JsonNode plan =
        new ObjectMapper().readTree(peers.plan("--tenant", "default/held", "-o", "json").out());
    assertThat(plan.path("held")).hasSize(18);
    assertThat(plan.path("confirm").asText()).endsWith("vminventory.io/confirm-deletion=18");
  }

  @Test
  void wrongPasswordIsReportedAndNotShown() {
    try (LogCapture log = new LogCapture()) {
      CommandResult doctor = peers.doctor("--tenant", "default/wrong");
      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern(
              "FAILED +tenant default/wrong +login +.* refuses the account 'ann'.*InvalidLogin")
          .contains("-> correct user name and password")
          .containsPattern("skipped +tenant default/wrong +machines");
      CommandResult plan = peers.plan("--tenant", "default/wrong");
      assertThat(plan.code()).isEqualTo(1);
      assertThat(plan.out()).isEmpty();
      assertThat(plan.err()).contains("refuses the account 'ann'");
      assertThat(log.lines()).noneMatch(line -> line.contains(InspectionFixture.WRONG_PASSWORD));
    }
  }

  @Test
  void refusedAccountIsNotTriedAgain() {
    int logins = peers.vcenter().requests("Login");
    CommandResult doctor = peers.doctor("--tenant", "default/resting");
    assertThat(doctor.out())
        .containsPattern("FAILED +tenant default/resting +login +it was refused; correct it\n")
        .contains("-> not tried again before 2");
    assertThat(peers.plan("--tenant", "default/resting").err()).contains("because accounts lock");
    assertThat(peers.vcenter().requests("Login")).isEqualTo(logins);
  }

  @Test
  void untrustedCertificatesAreExplained() throws Exception {
    TestCertificates expired = TestCertificates.expired();
    TestCertificates elsewhere = TestCertificates.forHosts(List.of("vcenter.example"));
    try (VcenterSimulator old = VcenterSimulator.builder().tls(expired).start();
        VcenterSimulator other = VcenterSimulator.builder().tls(elsewhere).start()) {
      Path file =
          peers.servers(
              peers.server("default", peers.vcenter(), InspectionFixture.CERTIFICATES),
              peers.server("expired", old, expired),
              peers.server("otherhost", other, elsewhere),
              peers.server("untrusted", peers.vcenter(), expired));
      CommandResult doctor = peers.run(new DoctorCommand(peers::client), "--config=" + file);
      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern("ok +server default +certificate")
          .containsPattern("FAILED +server expired +certificate .* is expired or not valid yet")
          .containsPattern(
              "FAILED +server otherhost +certificate .* \\(for vcenter\\.example, valid")
          .containsPattern("FAILED +server untrusted +certificate .* no known authority has signed")
          .containsPattern("ok +server untrusted +service +VMware vCenter");
    }
  }

  @Test
  void missingRightIsNamed() {
    peers.kubernetes().access().deny("patch", "tenants/status");
    peers.kubernetes().access().deny("get", "secrets");
    CommandResult doctor = peers.doctor("--tenant", "default/well", "--watch-namespaces=default");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern(
            "FAILED +rights +tenants\\.vminventory\\.io/status +refused: patch in default")
        .containsPattern("FAILED +rights +secrets +refused: get in default")
        .contains("-> grant it, as deploy/rbac.yaml does")
        .containsPattern("ok +rights +vms\\.vminventory\\.io +.*in all namespaces")
        .containsPattern(
            "ok +rights +vms\\.vminventory\\.io +get, create, update, delete in default")
        .containsPattern("ok +rights +namespaces +get on default")
        .contains("or the chart with watchNamespaces=[default]")
        .containsPattern("FAILED +tenant default/well +password +.*refuses the operator's account")
        .containsPattern("skipped +tenant default/well +login")
        .doesNotContain("leases");
    assertThat(peers.plan("--tenant", "default/well").err()).contains("see deploy/rbac.yaml");
  }

  @Test
  void leaseRightsAreCheckedWithLeaderElection() {
    peers.kubernetes().access().deny("update", "leases");
    CommandResult doctor =
        peers.doctor("--leader-elect", "--lease-name=inventory", "--lease-namespace=ops");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern(
            "FAILED +rights +leases\\.coordination\\.k8s\\.io +refused: update on inventory in ops")
        .contains("-> grant it by a Role in ops, as vminventory-leader of deploy/rbac.yaml does")
        .containsPattern("ok +rights +leases\\.coordination\\.k8s\\.io +create in ops");
    assertThat(peers.doctor("--leader-elect").out())
        .contains("refused: update on vminventory in default");
  }

  @Test
  void missingAndOldDefinitionsAreNamed() {
    try (EmbeddedKubernetes empty = EmbeddedKubernetes.start()) {
      Callable<Integer> command = new DoctorCommand(() -> peers.client(empty.url()));
      CommandResult missing =
          peers.run(command, "--vcenter-host=" + peers.vcenter().url(), "--tenant=default/well");
      assertThat(missing.code()).isEqualTo(1);
      assertThat(missing.out())
          .containsPattern("FAILED +kubernetes +tenants\\.vminventory\\.io +not installed")
          .containsPattern("FAILED +kubernetes +vms\\.vminventory\\.io +not installed")
          .contains("-> kubectl apply -f deploy/crds")
          .containsPattern("FAILED +tenant default/well +Tenant +there is no Tenant 'well'");

      empty.install(CustomResourceDefinitions.tenants());
      empty.install(CustomResourceDefinitions.vms().replace("primaryIP:", "mainIP:"));
      assertThat(peers.run(command, "--vcenter-host=" + peers.vcenter().url()).out())
          .containsPattern("ok +kubernetes +tenants\\.vminventory\\.io")
          .containsPattern("FAILED +kubernetes +vms\\.vminventory\\.io .*: status\\.primaryIP\n");
    }
  }

  @Test
  void heldDeletionsAreExplainedByPlan() {
    CommandResult plan = peers.plan("--tenant", "default/held");
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .containsPattern("change +machine-0 +machine-0 +powerState: none -> ")
        .containsPattern("hold +machine-2 +machine-2\n")
        .contains("0 to create, 2 to change, 0 to delete, 0 unchanged, 18 deletions held")
        .contains(
            "kubectl annotate tenant held -n default --overwrite"
                + " vminventory.io/confirm-deletion=18")
        .contains("The Tenant is suspended");
  }

  @Test
  void everyUnmetPreconditionIsReported() {
    CommandResult doctor = peers.doctor("--tenant", "default/lost");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern("FAILED +tenant default/lost +spec +server 'none' is not configured")
        .containsPattern(
            "FAILED +tenant default/lost +target namespace +namespace 'strict' does not accept")
        .contains("-> its owner allows that with: kubectl annotate namespace strict")
        .containsPattern("FAILED +tenant default/lost +password +Secret 'none' does not exist");
  }

  @Test
  void unreadablePropertiesAreCounted() {
    CommandResult doctor = peers.doctor("--tenant", "default/dim");
    assertThat(doctor.code()).isZero();
    assertThat(doctor.out()).containsPattern("warning +tenant default/dim +facts .*guestOS of 20");
  }

  @Test
  void remainingChecksRunDespiteFailures() throws Exception {
    Path file =
        peers.servers(
            peers.server("default", peers.vcenter(), InspectionFixture.CERTIFICATES),
            "odd: {host: '', max-reads: many}");
    CommandResult doctor =
        peers.run(
            new DoctorCommand(() -> peers.client("http://127.0.0.1:1")),
            "--config=" + file,
            "--http-port=70000",
            "--tenant=default/well");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern("FAILED +configuration +options +settings of server 'odd'")
        .containsPattern("FAILED +configuration +options +--http-port: 70000")
        .containsPattern("FAILED +kubernetes +API server +.*cannot be reached")
        .containsPattern("skipped +rights")
        .containsPattern("ok +server default +service")
        .containsPattern("skipped +server odd")
        .containsPattern("skipped +tenant default/well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor --tenant=well",
        "doctor --output=xml",
        "plan",
        "plan --tenant=default/well --vcenter-thumbprint=short",
        "plan --tenant=default/../x"
      })
  void wrongUsageExitsWithTwo(String line) {
    String[] words = line.split(" ", -1);
    String[] options = Stream.of(words).skip(1).toArray(String[]::new);
    CommandResult ran = words[0].equals("plan") ? peers.plan(options) : peers.doctor(options);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isNotEmpty();
  }

  @Test
  void missingTenantIsReported() {
    assertThat(peers.plan("--tenant=default/nobody").err())
        .contains("there is no Tenant 'nobody' in namespace 'default'");
    assertThat(peers.doctor("--tenant=default/nobody").out())
        .containsPattern("FAILED +tenant default/nobody +Tenant +there is no Tenant 'nobody'");
  }
}
