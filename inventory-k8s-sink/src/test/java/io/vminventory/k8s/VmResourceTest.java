package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class VmResourceTest {

  @Test
  void managedFieldsAloneAreIgnored() {
    VmResource vm =
        new KubernetesSerialization()
            .unmarshal(
                """
                {
                  "apiVersion": "vminventory.io/v1",
                  "kind": "VM",
                  "metadata": {
                    "name": "vm",
                    "namespace": "default",
                    "resourceVersion": "7",
                    "labels": {"a": "b"},
                    "annotations": {"c": "d"},
                    "finalizers": ["e/f"],
                    "managedFields": [{"manager": "m", "fieldsV1": {"f:status": {"f:vmname": {}}}}],
                    "later": {"unknown": [1]}
                  },
                  "status": {"vmname": "it"}
                }
                """,
                VmResource.class);

    assertThat(vm.getMetadata().getManagedFields()).isEmpty();
    assertThat(new KubernetesSerialization().asJson(vm))
        .isEqualTo(
            """
            {"apiVersion":"vminventory.io/v1","kind":"VM","metadata":{"annotations":{"c":"d"},\
            "finalizers":["e/f"],"labels":{"a":"b"},"name":"vm","namespace":"default",\
            "resourceVersion":"7","later":{"unknown":[1]}},"status":{"vmname":"it"}}\
            """);
  }
}
