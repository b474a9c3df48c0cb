package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The one Lease that processes contend for, one request each. Nothing is tried again. */
interface Leases {

  /**
   * The Lease as it is now.
   *
   * @return empty if there is none
   * @throws KubernetesClientException if it cannot be read
   */
  Optional<Lease> read();

  /**
   * Makes the Lease if it has no version, else changes it.
   *
   * @throws KubernetesClientException if it was not written; 409 if somebody else was faster
   */
  void write(Lease lease);
}
