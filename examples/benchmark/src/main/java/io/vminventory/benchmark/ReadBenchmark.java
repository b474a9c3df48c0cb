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

/** A complete read of one account, beside the same bytes without a reader. */
final class ReadBenchmark {

  /** The most that a read may take, in units of its floor. */
  static final double MOST_TIMES_FLOOR = 1.3;

  /** The most that 10,000 machines may keep on the heap. */
  private static final double MOST_MIB_OF_10_000 = 24;

  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    SoapReplay floor = new SoapReplay(vcenter.url(), vcenter.tls(), record());
    int machines = read(provider, tenant).size();
    long bytes = floor.run();
    List<Measurement> measured =
        rounds.alternate(
            List.of(
                new Contender(
                    "read: log in, read all, log out",
                    () -> same(machines, read(provider, tenant))),
                new Contender("floor: the same answers drained", floor::run)));
    Report report =
        new Report("read: %d machines of a %s".formatted(machines, vcenter.kind()))
            .add(measured.get(0))
            .add(measured.get(1))
            .add(Report.Figure.of("answers", Report.mebibytes(bytes), "MiB"))
            .add(
                Report.Figure.atMost(
                    MOST_TIMES_FLOOR, "read / floor", measured.get(0).times(measured.get(1)), "x"));
    addMemory(report, provider, machines);
    return report
        .add(Report.Figure.of("resident now", Meter.residentKiB("VmRSS") / 1024.0, "MiB"))
        .add(Report.Figure.of("resident at most", Meter.residentKiB("VmHWM") / 1024.0, "MiB"));
  }

  private List<SoapRecorder.Exchange> record() throws Exception {
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
    if (session.next(PATIENCE) instanceof Update.Snapshot snapshot) {
      return snapshot.inventory();
    }
    throw new IllegalStateException("the first update is no snapshot");
  }

  private static void same(int machines, Inventory inventory) throws IOException {
    if (inventory.size() != machines) {
      throw new IOException("read " + inventory.size() + " machines, not " + machines);
    }
  }

  /** What stays on the heap after a read, and when the session watches. */
  private void addMemory(Report report, InventoryProvider provider, int machines)
      throws InventoryException, InterruptedException {
    long base = Meter.liveHeapBytes();
    try (InventorySession session = provider.open(tenant, SessionPurpose.READ)) {
      Inventory inventory = snapshot(session);
      double read = Report.mebibytes(Meter.liveHeapBytes() - base);
      report.add(
          Report.Figure.atMost(
              MOST_MIB_OF_10_000 * Math.max(machines, 1_000) / 10_000,
              "live heap on top of the base, after the read",
              read,
              "MiB"));
      long start = System.nanoTime();
      Update next = session.next(AT_ONCE);
      report.add(Report.Figure.of("until it watches", (System.nanoTime() - start) / 1e6, "ms"));
      if (next instanceof Update.Changes changes && !changes.changes().isEmpty()) {
        throw new IllegalStateException("something has changed meanwhile");
      }
      report.add(
          Report.Figure.of(
              "live heap on top of the base, while it watches",
              Report.mebibytes(Meter.liveHeapBytes() - base),
              "MiB"));
      if (inventory.size() != machines) {
        throw new IllegalStateException("the number of machines has changed");
      }
    }
  }
}
