package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.testkit.ManualClock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class WritePermitTest {

  private final EmbeddedCluster cluster = new EmbeddedCluster();
  private final String namespace = cluster.newNamespace();
  private final AtomicBoolean granted = new AtomicBoolean(true);
  private final AtomicInteger checks = new AtomicInteger();
  private final KubernetesInventorySink sink =
      new KubernetesInventorySink(
          cluster.client(),
          SinkOptions.defaults(),
          () -> {
            checks.incrementAndGet();
            return granted.get();
          },
          new ManualClock(Instant.parse("2026-11-23T00:00:00Z")));

  @AfterEach
  void stop() {
    sink.close();
    cluster.close();
  }

  @Test
  void nothingIsWrittenWithoutAPermit() throws Exception {
    apply(Machines.typicals(3));
    long before = cluster.writesOfVms();
    granted.set(false);
    assertRefused(() -> apply(Machines.inventory(Machines.named(1, "renamed"))));
    assertRefused(
        () -> sink.release(new TenantId("default", "test"), namespace, DeletionPolicy.DELETE));
    assertThat(cluster.writesOfVms()).isEqualTo(before);
  }

  @Test
  void writesResumeWhenThePermitReturns() throws Exception {
    granted.set(false);
    assertRefused(() -> apply(Machines.typicals(3)));
    granted.set(true);
    apply(Machines.typicals(3));
    assertThat(cluster.writesOfVms()).isEqualTo(3);
  }

  @Test
  void permitIsCheckedBeforeEachWrite() throws Exception {
    apply(Machines.typicals(3));
    assertThat(checks).hasValue(3);
    apply(Machines.typicals(3));
    assertThat(checks).as("nothing to write").hasValue(3);
  }

  private interface Call {
    void run() throws Exception;
  }

  private static void assertRefused(Call call) {
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(call::run)
        .withMessageContaining("another process may be leading")
        .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  private void apply(Inventory inventory) throws Exception {
    sink.apply(SinkFixture.tenant("default", "test", namespace), inventory, 0);
  }
}
