package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;

/** Lease of the Kubernetes API. */
final class KubernetesLeaseLock implements LeaseLock {

  /** A later response would overlap the next attempt. */
  private static final int REQUEST_TIMEOUT_MILLIS = 2_500;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;

  /**
   * @param client stays the caller's
   */
  KubernetesLeaseLock(KubernetesClient client, String namespace, String name) {
    this.client =
        client
            .newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                    .build())
            .adapt(KubernetesClient.class);
    this.namespace = namespace;
    this.name = name;
  }

  @Override
  public Optional<Lease> get() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get());
  }

  @Override
  public void createOrUpdate(Lease lease) {
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
