package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.k8s.TenantResource;

/** Tenants for tests, as people write them. */
final class TenantYaml {

  private TenantYaml() {}

  /** Tenant default/test of generation 3 with these lines in its spec. */
  static TenantResource tenant(String spec) {
    return parse(
        """
        apiVersion: vminventory.io/v1
        kind: Tenant
        metadata: {name: test, namespace: default, generation: 3, resourceVersion: "7"}
        spec:
          username: user
          passwordSecretRef: {name: pass}
          %s
        """
            .formatted(spec));
  }

  static TenantResource parse(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, TenantResource.class);
  }
}
