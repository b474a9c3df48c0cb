package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lease in memory with resource versions, whose requests can be made to fail. Thread-safe. */
final class InMemoryLeaseLock implements LeaseLock {

  private @Nullable Lease lease;
  private int version;
  private int failure;

  @Override
  public synchronized Optional<Lease> get() {
    fail();
    return Optional.ofNullable(lease).map(found -> new LeaseBuilder(found).build());
  }

  @Override
  public synchronized void createOrUpdate(Lease written) {
    fail();
    String expected = lease == null ? null : lease.getMetadata().getResourceVersion();
    if (!Objects.equals(expected, written.getMetadata().getResourceVersion())) {
      throw new KubernetesClientException("another process was faster", 409, null);
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
      throw new KubernetesClientException("refused", failure, null);
    }
  }

  /** Lets all requests fail with this code; zero lets them succeed again. */
  synchronized void failWith(int code) {
    failure = code;
  }

  @Override
  public String toString() {
    return "somewhere/lease";
  }
}
