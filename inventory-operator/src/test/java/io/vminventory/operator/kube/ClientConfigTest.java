package io.vminventory.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.client.Config;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ClientConfigTest {

  @Test
  void whatTheFilesSayIsTaken() throws Exception {
    Config config =
        ClientConfig.find(
            () ->
                Config.fromKubeconfig(
                    """
                    apiVersion: v1
                    kind: Config
                    current-context: here
                    clusters: [{name: here, cluster: {server: "https://api.example.com:6443"}}]
                    users: [{name: me, user: {token: word}}]
                    contexts: [{name: here, context: {cluster: here, user: me}}]
                    """));
    assertThat(config.getMasterUrl()).isEqualTo("https://api.example.com:6443/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users: [{name: me, user: {token: s3cret",
        "users:\n- name: me\n  user:\n    token: s3cret: s3cret\n",
        "users: s3cret",
        "users: [{name: me, user: {token: [s3cret]}}]"
      })
  void aFileThatCannotBeUnderstoodIsNamedAndNothingOfIt(String kubeconfig) {
    InventoryException refused =
        catchThrowableOfType(
            InventoryException.class,
            () -> ClientConfig.find(() -> Config.fromKubeconfig(kubeconfig)));
    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refused)
        .hasMessageStartingWith("the kubeconfig ")
        .hasMessageContaining("cannot be parsed")
        .hasMessageContaining("set KUBECONFIG to another")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void theLineOfTheMistakeIsSaid() {
    InventoryException refused =
        catchThrowableOfType(
            InventoryException.class,
            () -> ClientConfig.find(() -> Config.fromKubeconfig("a: 1\nb: [c\n")));
    assertThat(refused).hasMessageContaining("(line 3)");
  }
}
