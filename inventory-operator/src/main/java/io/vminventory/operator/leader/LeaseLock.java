package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The Lease that processes compete for. Each call is one request; none is retried. */
interface LeaseLock {

  /**
   * Reads the Lease.
   *
   * @return empty if it does not exist
   * @throws KubernetesClientException if it cannot be read
   */
  Optional<Lease> get();

  /**
   * Creates the Lease if it has no resource version, else updates it.
   *
   * @throws KubernetesClientException if it was not written; 409 if another process was faster
   */
  void createOrUpdate(Lease lease);
}
