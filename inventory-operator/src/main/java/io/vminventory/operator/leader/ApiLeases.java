package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;

/** A Lease of the Kubernetes API. */
final class ApiLeases implements Leases {

  /** A later answer would come after the next look. */
  private static final int REQUEST_MILLIS = 2_500;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  /**
   * @param client stays the caller's
   */
  ApiLeases(KubernetesClient client, String namespace, String name) {
    this.client =
        client
            .newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(REQUEST_MILLIS)
                    .build())
            .adapt(KubernetesClient.class);
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Optional<Lease> read() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get());
  }

  @Override
  public void write(Lease lease) {
    Resource<Lease> resource =
        client
            .leases()
            .inNamespace(namespace)
            .resource(
                new LeaseBuilder(lease)
                    .editMetadata()
                    .withNamespace(namespace)
                    .withName(name)
                    .endMetadata()
                    .build());
    if (lease.getMetadata().getResourceVersion() == null) {
      resource.create();
    } else {
      resource.update();
    }
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
