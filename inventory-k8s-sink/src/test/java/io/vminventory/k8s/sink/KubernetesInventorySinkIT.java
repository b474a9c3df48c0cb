package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.RealCluster;
import io.vminventory.k8s.VmResource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The sink's promises, kept by a real API server. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
class KubernetesInventorySinkIT extends KubernetesInventorySinkContract {

  private final RealCluster cluster = new RealCluster();

  @Override
  KubernetesClient client() {
    return cluster.client();
  }

  @Override
  String newNamespace() {
    return cluster.newNamespace();
  }

  @Override
  long writes() {
    return cluster.writesOfVms();
  }

  @AfterEach
  void deleteNamespace() {
    cluster.deleteNamespace(namespace());
    cluster.close();
  }

  @Test
  void namespaceThatIsBeingDeletedIsReportedOnce() throws Exception {
    apply(Machines.typicals(1));
    VmResource stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of("example.com/wait"));
    client().resource(stuck).update();
    cluster.deleteNamespace(namespace());

    assertThatThrownBy(() -> apply(Machines.typicals(100)))
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("is being deleted");

    stuck = vm("web-0");
    stuck.getMetadata().setFinalizers(List.of());
    client().resource(stuck).update();
  }
}
