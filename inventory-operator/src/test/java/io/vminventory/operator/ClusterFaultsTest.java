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

/** What goes wrong within a cluster, which only an embedded one does on demand. */
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
    faults.bench().records().forEach(vm -> faults.mayDelete(vm.getSpec().source().key()));
    faults.moreChanges(faults.bench().records().size());
  }

  @Test
  void aWatchWhoseVersionHasExpiredBeginsAnew() {
    peers.kubernetes().faults().add(Fault.answer(410).to("watch").on("vms").times(3));
    faults.apiServer().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitHealth("/readyz", "200 ok");
  }

  @Test
  void aNamespaceThatIsDeletedAndMadeAgainIsFilledAgain() {
    allMayBeDeleted();
    String target = faults.bench().target;
    peers.admin().namespaces().withName(target).delete();
    faults.bench().annotate(TENANT, "example.com/touched", "yes");
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> faults.bench().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.changeTheWorld();
    faults
        .bench()
        .namespace(target, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, faults.bench().namespace));
    faults.awaitTruth();
  }

  @Test
  void definitionsThatAreDeletedAndAppliedAgainAreFilledAgain() {
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
    // Writes that were refused meanwhile count as well.
    faults.moreChanges(2 * faults.machines());
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitHealth("/readyz", "200 ok");
    assertThat(faults.health("/livez")).isEqualTo("200 ok");
  }

  @Test
  void writesWhoseAnswersAreLostAreNotRepeated() {
    peers
        .kubernetes()
        .faults()
        .add(Fault.delay(Duration.ofSeconds(7)).to("create").on("vms").times(1));
    faults.changeTheWorld();
    faults.awaitTruth();
  }
}
