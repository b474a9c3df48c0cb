package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.Fault;
import io.vminventory.testkit.relay.RelayFault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Faults within a cluster that only an embedded one can produce on demand. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class ClusterFaultsTest extends FaultScenarios {

  private final EmbeddedPeers peers = new EmbeddedPeers();

  @Override
  FaultPeers peers() {
    return peers;
  }

  @Override
  void release() {
    peers.close();
  }

  private void allMayBeDeleted() {
    faults.operator().records().forEach(vm -> faults.expectDeletion(vm.getSpec().source().key()));
    faults.expectMoreChanges(faults.operator().records().size());
  }

  @Test
  void expiredWatchVersionIsListedAgain() {
    peers.kubernetes().faults().inject(Fault.status(410).verb("watch").resource("vms").times(3));
    faults.apiServer().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHealth("/readyz", "200 ok");
  }

  @Test
  void deletedAndRecreatedNamespaceIsFilledAgain() {
    allMayBeDeleted();
    String target = faults.operator().target;
    peers.admin().namespaces().withName(target).delete();
    faults.operator().annotate(TENANT, "example.com/touched", "yes");
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> faults.operator().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.changeMachines();
    faults
        .operator()
        .namespace(
            target, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, faults.operator().namespace));
    faults.awaitConvergence();
  }

  @Test
  void deletedAndReappliedDefinitionIsFilledAgain() {
    allMayBeDeleted();
    peers
        .admin()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("vms.vminventory.io")
        .delete();
    faults.awaitHealth("/readyz", "apply the custom resource definitions");
    peers.kubernetes().install(CustomResourceDefinitions.vms());
    // Rejected writes are counted, too.
    faults.expectMoreChanges(2 * faults.machines());
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHealth("/readyz", "200 ok");
    assertThat(faults.health("/livez")).isEqualTo("200 ok");
  }

  @Test
  void writesWithoutAResponseAreNotRepeated() {
    peers
        .kubernetes()
        .faults()
        .inject(Fault.delay(Duration.ofSeconds(7)).verb("create").resource("vms").times(1));
    faults.changeMachines();
    faults.awaitConvergence();
  }
}
