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

/** Makes one tenant's records say what vCenter says, once or from now on. */
final class Mirror {

  /** How soon a record that somebody has edited is repaired. */
  private static final Duration TICK = Duration.ofMillis(500);

  /** How long to let a record rest that could not be written. */
  private static final Duration REST = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final InventoryProvider vcenter;
  private final KubernetesInventorySink sink;
  private final Tenant tenant;
  private final Consumer<SinkResult> told;
  private final Consumer<InventoryException> trouble;
  private final AtomicBoolean externallyChanged = new AtomicBoolean();

  /**
   * @param told what came of each writing that had anything to do or to hold
   * @param trouble why it has to begin again
   */
  Mirror(
      InventoryProvider vcenter,
      KubernetesInventorySink sink,
      Tenant tenant,
      Consumer<SinkResult> told,
      Consumer<InventoryException> trouble) {
    this.vcenter = vcenter;
    this.sink = sink;
    this.tenant = tenant;
    this.told = told;
    this.trouble = trouble;
  }

  /** Reads everything, and writes what is different. */
  SinkResult once(int confirmedDeletions) throws InventoryException, InterruptedException {
    return sink.apply(tenant, read(), confirmedDeletions);
  }

  /** All machines that the tenant's account sees. */
  Inventory read() throws InventoryException, InterruptedException {
    try (InventorySession session = vcenter.open(tenant, SessionPurpose.WATCH)) {
      return fold(Inventory.of("", List.of()), session.next(Duration.ZERO));
    }
  }

  /**
   * Follows vCenter, and repairs records that somebody else has changed, until the thread is
   * interrupted.
   *
   * @throws InventoryException if only a person can help
   */
  void watch() throws InventoryException, InterruptedException {
    sink.onExternalChange(any -> externallyChanged.set(true));
    Duration pause = FIRST_PAUSE;
    while (true) {
      try (InventorySession session = vcenter.open(tenant, SessionPurpose.WATCH)) {
        Inventory inventory = fold(Inventory.of("", List.of()), session.next(Duration.ZERO));
        boolean right = write(inventory);
        long written = System.nanoTime();
        pause = FIRST_PAUSE;
        while (true) {
          Inventory now = fold(inventory, session.next(TICK));
          boolean again = !right && System.nanoTime() - written > REST.toNanos();
          if (now != inventory || again || externallyChanged.get()) {
            right = write(now);
            written = System.nanoTime();
          }
          inventory = now;
        }
      } catch (InventoryException e) {
        switch (e.failure()) {
          case MISCONFIGURED, DENIED -> throw e;
          case UNAVAILABLE, INTERNAL -> trouble.accept(e);
        }
      }
      Thread.sleep(pause.toMillis());
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  /** Whether each record could be written. What is held waits for a person, not for another try. */
  private boolean write(Inventory inventory) throws InventoryException, InterruptedException {
    externallyChanged.set(false);
    SinkResult result = sink.apply(tenant, inventory, 0);
    if (!result.writes().isEmpty() || !result.complete()) {
      told.accept(result);
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
