package com.example.machines;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Mirror of one tenant's machines: brings the records in line with vCenter, once or continuously.
 */
final class Mirror {

  /** Maximum delay until an edited record is repaired. */
  private static final Duration REPAIR_INTERVAL = Duration.ofMillis(500);

  /** Delay before a record that could not be written is retried. */
  private static final Duration RETRY_DELAY = Duration.ofSeconds(10);

  private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
  private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

  private final InventoryProvider vcenter;
  private final KubernetesInventorySink sink;
  private final Tenant tenant;
  private final Consumer<SinkResult> onResult;
  private final Consumer<InventoryException> onFailure;
  private final AtomicBoolean externallyChanged = new AtomicBoolean();

  /**
   * @param onResult receives each result with writes or held deletions
   * @param onFailure receives each failure after which the mirror reconnects
   */
  Mirror(
      InventoryProvider vcenter,
      KubernetesInventorySink sink,
      Tenant tenant,
      Consumer<SinkResult> onResult,
      Consumer<InventoryException> onFailure) {
    this.vcenter = vcenter;
    this.sink = sink;
    this.tenant = tenant;
    this.onResult = onResult;
    this.onFailure = onFailure;
  }

  /** Reads everything, and writes what differs. */
  SinkResult once(int confirmedDeletions) throws InventoryException, InterruptedException {
    return sink.apply(tenant, read(), confirmedDeletions);
  }

  /** All machines that the tenant's account sees. */
  Inventory read() throws InventoryException, InterruptedException {
    try (InventorySession session = vcenter.open(tenant, SessionPurpose.READ)) {
      return fold(Inventory.of("", List.of()), session.next(Duration.ZERO));
    }
  }

  /**
   * Follows vCenter, and repairs records that were changed externally, until the thread is
   * interrupted.
   *
   * @throws InventoryException if a person has to change something first
   */
  void watch() throws InventoryException, InterruptedException {
    sink.onExternalChange(any -> externallyChanged.set(true));
    Duration backoff = INITIAL_BACKOFF;
    while (true) {
      try (InventorySession session = vcenter.open(tenant, SessionPurpose.WATCH)) {
        Inventory inventory = fold(Inventory.of("", List.of()), session.next(Duration.ZERO));
        boolean complete = write(inventory);
        long written = System.nanoTime();
        backoff = INITIAL_BACKOFF;
        while (true) {
          Inventory now = fold(inventory, session.next(REPAIR_INTERVAL));
          boolean again = !complete && System.nanoTime() - written > RETRY_DELAY.toNanos();
          if (now != inventory || again || externallyChanged.get()) {
            complete = write(now);
            written = System.nanoTime();
          }
          inventory = now;
        }
      } catch (InventoryException e) {
        switch (e.failure()) {
          case MISCONFIGURED, DENIED -> throw e;
          case UNAVAILABLE, INTERNAL -> onFailure.accept(e);
        }
      }
      Thread.sleep(backoff.toMillis());
      Duration longer = backoff.multipliedBy(2);
      backoff = longer.compareTo(MAX_BACKOFF) < 0 ? longer : MAX_BACKOFF;
    }
  }

  /** Whether each record could be written. Held deletions wait for a person, not for a retry. */
  private boolean write(Inventory inventory) throws InventoryException, InterruptedException {
    externallyChanged.set(false);
    SinkResult result = sink.apply(tenant, inventory, 0);
    if (!result.writes().isEmpty() || !result.complete()) {
      onResult.accept(result);
    }
    return result.problems().isEmpty();
  }

  /** The inventory after the update; the same object if nothing happened. */
  private static Inventory fold(Inventory before, Update update) {
    if (update instanceof Update.Snapshot snapshot) {
      return snapshot.inventory();
    }
    List<Change> changes = ((Update.Changes) update).changes();
    return changes.isEmpty() ? before : before.with(changes);
  }
}
