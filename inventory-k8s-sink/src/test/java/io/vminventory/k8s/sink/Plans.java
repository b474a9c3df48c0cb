package io.vminventory.k8s.sink;

import io.vminventory.api.Inventory;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Plans of one tenant in the namespace {@code target}, and the records they compare. */
final class Plans {

  static final TenantId TENANT = new TenantId("default", "test");
  static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final Instant THEN = Instant.parse("2026-11-23T00:00:00Z");

  private Plans() {}

  static Plan<VmResource> plan(Inventory inventory, List<VmResource> objects) {
    return plan(inventory, objects, 0);
  }

  static Plan<VmResource> plan(Inventory inventory, List<VmResource> objects, int confirmed) {
    DirtyKeys dirtyKeys = new DirtyKeys("target", inventory);
    return new Planner<>(new VmFormat(), TENANT, "target")
        .plan(
            dirtyKeys,
            index(objects).observe(TENANT, dirtyKeys),
            new DeletionGuard(30, 10),
            confirmed,
            0,
            NOW);
  }

  static List<VmResource> own(List<VmResource> objects) {
    return index(objects).ownedBy(TENANT, "target");
  }

  static RecordIndex<VmResource> index(List<VmResource> objects) {
    RecordIndex<VmResource> index = new RecordIndex<>(new VmFormat());
    objects.forEach(index::put);
    return index;
  }

  /** Records that the sink wrote for the inventory a day ago, as the API server returns them. */
  static List<VmResource> records(Inventory inventory, TenantId tenant) {
    List<VmResource> records = new ArrayList<>();
    DirtyKeys dirtyKeys = new DirtyKeys("target", inventory);
    Plan<VmResource> plan =
        new Planner<>(new VmFormat(), tenant, "target")
            .plan(
                dirtyKeys,
                index(List.of()).observe(tenant, dirtyKeys),
                new DeletionGuard(30, 10),
                0,
                0,
                THEN);
    for (Plan.Step<VmResource> step : plan.writes()) {
      step.object().getMetadata().setResourceVersion("1");
      step.object().getMetadata().setCreationTimestamp(THEN.toString());
      records.add(step.object());
    }
    return records;
  }
}
