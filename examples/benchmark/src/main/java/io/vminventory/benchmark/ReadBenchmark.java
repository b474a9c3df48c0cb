package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Full read of one account; the floor is the transfer of the same responses without decoding. */
final class ReadBenchmark {

  /** Target for the ratio of a read to its floor. */
  private static final double MAX_RATIO_TO_FLOOR = 1.3;

  /** Target for the live heap with 10,000 machines. */
  private static final double MAX_HEAP_MIB_FOR_10_000 = 24;

  private static final Duration NO_WAIT = Duration.ZERO;
  private static final Duration SNAPSHOT_TIMEOUT = Duration.ofSeconds(30);

  private final VcenterOptions vcenter;
  private final RoundOptions rounds;
  private final Tenant tenant;

  ReadBenchmark(VcenterOptions vcenter, RoundOptions rounds) {
    this.vcenter = vcenter;
    this.rounds = rounds;
    this.tenant = vcenter.tenant("bench");
  }

  Report run() throws Exception {
    InventoryProvider provider = vcenter.provider(vcenter.url());
    SoapReplay floor = new SoapReplay(vcenter.url(), vcenter.tls(), recordRead());
    int machines = read(provider, tenant).size();
    long bytes = floor.run();
    List<Measurement> measured =
        rounds.alternate(
            List.of(
                new BenchmarkCase(
                    "read: log in, read all, log out",
                    () -> requireSize(machines, read(provider, tenant))),
                new BenchmarkCase("floor: drain the same responses", floor::run)));
    Report report =
        new Report("read: %d machines of a %s".formatted(machines, vcenter.kind()))
            .add(measured.get(0))
            .add(measured.get(1))
            .add(Report.Figure.of("response bytes", Report.mebibytes(bytes), "MiB"))
            .add(
                Report.Figure.atMost(
                    MAX_RATIO_TO_FLOOR,
                    "read / floor",
                    measured.get(0).ratioTo(measured.get(1)),
                    "x"));
    addMemory(report, provider, machines);
    return report
        .add(
            Report.Figure.of(
                "resident memory now", ProcessMeter.residentKiB("VmRSS") / 1024.0, "MiB"))
        .add(
            Report.Figure.of(
                "resident memory, peak", ProcessMeter.residentKiB("VmHWM") / 1024.0, "MiB"));
  }

  private List<SoapRecorder.Exchange> recordRead() throws Exception {
    SSLContext tls = vcenter.tls();
    try (SoapRecorder recorder = new SoapRecorder(vcenter.url(), tls)) {
      Inventory unused = read(vcenter.provider(recorder.url()), tenant);
      return recorder.exchanges();
    }
  }

  /** Logs in, reads everything, logs out. */
  static Inventory read(InventoryProvider provider, Tenant tenant)
      throws InventoryException, InterruptedException {
    try (InventorySession session = provider.open(tenant, SessionPurpose.READ)) {
      return snapshot(session);
    }
  }

  private static Inventory snapshot(InventorySession session)
      throws InventoryException, InterruptedException {
    if (session.next(SNAPSHOT_TIMEOUT) instanceof Update.Snapshot snapshot) {
      return snapshot.inventory();
    }
    throw new IllegalStateException("the first update is not a snapshot");
  }

  private static void requireSize(int machines, Inventory inventory) throws IOException {
    if (inventory.size() != machines) {
      throw new IOException("read " + inventory.size() + " machines instead of " + machines);
    }
  }

  /** Adds the live heap after a read, and after the session has started to watch. */
  private void addMemory(Report report, InventoryProvider provider, int machines)
      throws InventoryException, InterruptedException {
    long before = ProcessMeter.liveHeapBytes();
    try (InventorySession session = provider.open(tenant, SessionPurpose.READ)) {
      Inventory inventory = snapshot(session);
      double heapMiB = Report.mebibytes(ProcessMeter.liveHeapBytes() - before);
      report.add(
          Report.Figure.atMost(
              MAX_HEAP_MIB_FOR_10_000 * Math.max(machines, 1_000) / 10_000,
              "live heap added by the read",
              heapMiB,
              "MiB"));
      long start = System.nanoTime();
      Update next = session.next(NO_WAIT);
      report.add(Report.Figure.of("start of the watch", (System.nanoTime() - start) / 1e6, "ms"));
      if (next instanceof Update.Changes changes && !changes.changes().isEmpty()) {
        throw new IllegalStateException("a machine changed during the benchmark");
      }
      report.add(
          Report.Figure.of(
              "live heap added, while watching",
              Report.mebibytes(ProcessMeter.liveHeapBytes() - before),
              "MiB"));
      if (inventory.size() != machines) {
        throw new IllegalStateException("the number of machines changed during the benchmark");
      }
    }
  }
}
