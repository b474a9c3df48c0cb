package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.operator.cli.DoctorCommand;
import io.vminventory.operator.cli.PlanCommand;
import io.vminventory.testkit.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import picocli.CommandLine;

/** {@code doctor} and {@code plan} between real peers, with the rights of {@code deploy/}. */
@Timeout(120)
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
@Tag("slow")
class DoctorIT {

  private static final String[] ELECTION = {"--leader-elect", "--lease-namespace=vminventory"};

  private static RealPeers peers;
  private static OperatorFixture fixture;

  @BeforeAll
  static void start() {
    peers = new RealPeers();
    fixture = new OperatorFixture(peers);
    fixture.register("test");
  }

  @AfterAll
  static void stop() {
    // No operator has seen the Tenant, so it has no finalizer.
    fixture.tenant("test").delete();
    peers.admin().namespaces().withName(fixture.target).delete();
    peers.admin().namespaces().withName(fixture.namespace).delete();
    peers.close();
  }

  @Test
  void deployedRightsAreEnough() {
    int sessions = peers.sessions();
    int writes = peers.vmWrites();

    CommandResult doctor = doctor();
    assertThat(doctor.out())
        .contains(" 0 failed, 0 skipped. Nothing was written.")
        .containsPattern("ok +kubernetes +vms\\.vminventory\\.io +v1 with every field")
        .containsPattern("ok +rights +secrets +get in all namespaces")
        .containsPattern(
            "ok +rights +leases\\.coordination\\.k8s\\.io +get, update on vminventory in")
        .containsPattern("ok +server default +service +VMware vCenter Server")
        .containsPattern("ok +tenant \\S+ +login")
        .containsPattern("ok +tenant \\S+ +machines +the account sees \\d+");
    assertThat(doctor.code()).isZero();
    CommandResult plan = run(new PlanCommand(peers::operator));
    assertThat(plan.out())
        .containsPattern("create +dc0-\\S+ +DC0_")
        .contains(" to create, 0 to change, 0 to delete, 0 unchanged, 0 deletions held");
    assertThat(plan.code()).isZero();

    assertThat(peers.sessions()).isEqualTo(sessions);
    assertThat(peers.vmWrites()).isEqualTo(writes);
    assertThat(fixture.records(fixture.target)).isEmpty();
  }

  @Test
  void removedRuleIsNamed() {
    Resource<ClusterRole> role =
        peers.admin().rbac().clusterRoles().withName("vminventory-operator");
    List<PolicyRule> rules = Objects.requireNonNull(role.get()).getRules();
    try {
      role.edit(
          changed -> {
            changed.getRules().removeIf(rule -> rule.getResources().contains("secrets"));
            return changed;
          });
      // The API server sees the change through a watch of its own.
      CommandResult doctor =
          Eventually.within(Duration.ofSeconds(20))
              .until(
                  () -> doctor(),
                  report -> report.out().contains("refused: get in all namespaces"));
      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern("FAILED +rights +secrets +refused: get in all namespaces")
          .containsPattern("ok +rights +namespaces")
          .containsPattern("FAILED +tenant \\S+ +password +.*refuses the operator's account");
    } finally {
      role.edit(
          changed -> {
            changed.setRules(new ArrayList<>(rules));
            return changed;
          });
    }
    Eventually.within(Duration.ofSeconds(20))
        .until(() -> doctor(), report -> report.out().contains(" 0 failed, 0 skipped."));
  }

  /** Exit code and output of a command. */
  private record CommandResult(int code, String out) {}

  private static CommandResult doctor() {
    return run(new DoctorCommand(peers::operator), ELECTION);
  }

  private static CommandResult run(Callable<Integer> command, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    options.add("--vcenter-host=" + peers.server().get("host"));
    options.add("--vcenter-ca-file=" + peers.server().get("ca-file"));
    options.add("--tenant=" + fixture.namespace + "/test");
    StringWriter out = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .execute(options.toArray(String[]::new));
    return new CommandResult(code, out.toString());
  }
}
