package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.k8s.VmResource;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ApiErrorsTest {

  @Test
  void brokenConnectionLeavesTheOutcomeOpen() {
    KubernetesClientException broken =
        new KubernetesClientException("failed", new IOException("Connection was closed"));
    assertThat(ApiErrors.of(VmResource.class).onWrite(broken, Kind.CREATED, "ns"))
        .isEqualTo(new Outcome.NoResponse<>("Connection was closed", true));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void responseOfAnOverloadedServerIsNoConflict(int code) {
    KubernetesClientException busy = new KubernetesClientException("busy", code, null);
    assertThat(ApiErrors.of(VmResource.class).onWrite(busy, Kind.CHANGED, "ns"))
        .isEqualTo(new Outcome.NoResponse<>("busy", false));
  }
}
