package io.vminventory.demo;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.VmResource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Live demonstration: changes machines one by one and prints when their records have changed. */
final class LiveShow {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final DemoWorld world;
  private final Tables tables;
  private final PrintWriter out;

  LiveShow(DemoWorld world, Tables tables, PrintWriter out) {
    this.world = world;
    this.tables = tables;
    this.out = out;
  }

  /**
   * Makes one change and waits until its record has it.
   *
   * @throws InventoryException if it does not within a quarter of a minute
   * @throws IOException if the record's row cannot be read
   */
  void play(LiveChange change) throws InventoryException, IOException, InterruptedException {
    Resource<VmResource> record =
        world
            .client()
            .resources(VmResource.class)
            .inNamespace(Story.TEST.targetNamespace())
            .withName(change.record());
    CompletableFuture<List<VmResource>> followed =
        record.informOnCondition(
            found -> change.followed().test(found.stream().findFirst().map(VmResource::getStatus)));
    try {
      out.println(change.text());
      long start = System.nanoTime();
      change.effect().accept(world.vcenter());
      boolean there = !followed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).isEmpty();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      out.printf("  the record %s after %d ms%n", there ? "is up to date" : "is gone", millis);
      if (there) {
        TableText rows = tables.of("vms", Story.TEST.targetNamespace()).only(change.record());
        out.print(rows.toString().indent(2));
      }
      out.println();
    } catch (TimeoutException | ExecutionException e) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          "the record of %s was not up to date within %d s"
              .formatted(change.record(), LIMIT.toSeconds()),
          e);
    } finally {
      followed.cancel(true);
    }
  }
}
