package io.vminventory.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.testkit.Eventually;
import java.io.File;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Contract of the embedded server, run against a real API server. */
@EnabledIfEnvironmentVariable(named = "VMINVENTORY_IT_KUBECONFIG", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class RealKubernetesContractIT extends ApiServerContract {

  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(Config.fromKubeconfig(new File(System.getenv("VMINVENTORY_IT_KUBECONFIG"))))
          .build();

  @BeforeAll
  void install() {
    CustomResourceDefinition definition =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(Machines.definition())
            .serverSideApply();
    Eventually.within(Duration.ofSeconds(20))
        .until(
            () -> client.resource(definition).get().getStatus().getConditions(),
            conditions ->
                conditions.stream()
                    .anyMatch(
                        condition ->
                            condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
  }

  @AfterAll
  void remove() {
    client.apiextensions().v1().customResourceDefinitions().load(Machines.definition()).delete();
    client.close();
  }

  @Override
  KubernetesClient client() {
    return client;
  }
}
