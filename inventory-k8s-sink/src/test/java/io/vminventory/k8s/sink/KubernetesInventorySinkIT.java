package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.InventoryException;
import io.vminventory.k8s.RealCluster;
import io.vminventory.k8s.VmResource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server, which also deletes namespaces. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
class KubernetesInventorySinkIT extends KubernetesInventorySinkContract {

  KubernetesInventorySinkIT() {
    super(new RealCluster());
  }

  @Test
  void namespaceThatIsBeingDeletedIsReportedOnce() throws Exception {
    apply(Machines.typicals(1));
    VmResource stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of("example.com/wait"));
    client().resource(stuck).update();
    client().namespaces().withName(namespace()).delete();

    assertThatThrownBy(() -> apply(Machines.typicals(100)))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("is being deleted");

    stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of());
    client().resource(stuck).update();
  }
}
