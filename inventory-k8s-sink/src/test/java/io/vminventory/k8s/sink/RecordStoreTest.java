package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.k8s.VmResource;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class RecordStoreTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  private VmResource record(String metadata) {
    return serialization.unmarshal(
        """
        apiVersion: vminventory.io/v1
        kind: VM
        metadata: {name: a, namespace: n%s}
        """
            .formatted(metadata),
        VmResource.class);
  }

  private Map<?, ?> content(VmResource record) {
    return serialization.unmarshal(serialization.asJson(record), Map.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", labels: {}, annotations: {}",
        ", labels: {a: b, c: d}",
        ", annotations: {note: mine}, finalizers: [f]"
      })
  void recordWithoutManagedFieldsHasTheSameContent(String metadata) {
    VmResource record = record(metadata);
    Map<?, ?> before = content(record);

    assertThat(content(RecordStore.stripManagedFields(record))).isEqualTo(before);
  }

  @Test
  void equalLabelsShareTheirStrings() {
    VmResource first = RecordStore.stripManagedFields(record(", labels: {team: blue}"));
    VmResource second = RecordStore.stripManagedFields(record(", labels: {team: blue}"));

    assertThat(first.getMetadata().getLabels().get("team"))
        .isSameAs(second.getMetadata().getLabels().get("team"));
  }
}
