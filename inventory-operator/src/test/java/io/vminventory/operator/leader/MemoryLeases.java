package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Lease with versions, which can be cut off. Thread-safe. */
final class MemoryLeases implements Leases {

  private @Nullable Lease lease;
  private int version;
  private int failure;

  @Override
  public synchronized Optional<Lease> read() {
    fail();
    return Optional.ofNullable(lease).map(found -> new LeaseBuilder(found).build());
  }

  @Override
  public synchronized void write(Lease written) {
    fail();
    String expected = lease == null ? null : lease.getMetadata().getResourceVersion();
    if (!Objects.equals(expected, written.getMetadata().getResourceVersion())) {
      throw new KubernetesClientException("somebody was faster", 409, null);
    }
    version++;
    lease =
        new LeaseBuilder(written)
            .editMetadata()
            .withResourceVersion(String.valueOf(version))
            .endMetadata()
            .build();
  }

  private void fail() {
    if (failure != 0) {
      throw new KubernetesClientException("cut off", failure, null);
    }
  }

  /** All requests fail with this code until it is zero. */
  synchronized void failWith(int code) {
    failure = code;
  }

  @Override
  public String toString() {
    return "somewhere/lease";
  }
}
