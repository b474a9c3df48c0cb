package io.vminventory.testkit.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("embedded")
class EmbeddedKubernetesContractTest extends ApiServerContract {

  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();

  @BeforeAll
  void install() {
    kubernetes.install(Machines.definition());
  }

  @AfterAll
  void close() {
    kubernetes.close();
  }

  @Override
  KubernetesClient client() {
    return kubernetes.client();
  }
}
