package io.vminventory.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class KubectlTest {

  private static final Path KUBECONFIG = Path.of("folder", "kubeconfig");

  @Test
  void outputIsReturned() throws Exception {
    assertThat(new Kubectl("echo", KUBECONFIG).run(List.of("get", "tenant")))
        .contains(
            "--kubeconfig=%s --cache-dir=%s --request-timeout=10s get tenant\n"
                .formatted(KUBECONFIG, Path.of("folder", "kubectl-cache")));
  }

  @Test
  void missingKubectlReturnsNoOutput() throws Exception {
    assertThat(new Kubectl("no-such-kubectl", KUBECONFIG).run(List.of("get", "tenant"))).isEmpty();
  }

  @Test
  void failedKubectlReturnsNoOutput() throws Exception {
    assertThat(new Kubectl("false", KUBECONFIG).run(List.of("get", "tenant"))).isEmpty();
  }
}
