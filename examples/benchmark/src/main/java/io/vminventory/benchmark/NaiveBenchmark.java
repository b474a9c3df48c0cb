package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A first run and one with nothing changed, from the login to the last record, beside the naive way
 * on the same peers.
 */
final class NaiveBenchmark {

  private static final double LEAST_FIRST = 10;
  private static final double LEAST_FIRST_OF_FEW = 1;
  private static final int FEW = 1_000;
  private static final double LEAST_SECOND = 40;
  private static final double LEAST_SECOND_OF_FEW = 20;

  private final VcenterOptions vcenter;
  private final Bench ours;
  private final Bench theirs;
  private final RoundOptions rounds;
  private final InventoryProvider provider;
  private final AtomicReference<@Nullable KubernetesInventorySink> sink = new AtomicReference<>();

  /**
   * @param ours where our records are
   * @param theirs where the naive way's records are
   */
  NaiveBenchmark(VcenterOptions vcenter, Bench ours, Bench theirs, RoundOptions rounds)
      throws Exception {
    this.vcenter = vcenter;
    this.ours = ours;
    this.theirs = theirs;
    this.rounds = rounds;
    this.provider = vcenter.provider(vcenter.url());
  }

  /** Measures, then counts once. */
  Report run() throws Exception {
    Inventory inventory = read();
    NaiveRun naive =
        new NaiveRun(
            vcenter,
            theirs.client(),
            theirs.tenant().target(),
            inventory.machines().stream()
                .map(vm -> vm.id().value().replaceAll(".*/", ""))
                .toList());
    Report report = new Report("naive: %d machines".formatted(inventory.size()));

    List<Measurement> first =
        rounds.alternate(
            List.of(
                new Contender("first run, the naive way", this::clear, naive::run, () -> {}),
                new Contender(
                    "first run, ours", this::clear, () -> importAll(false), this::closeSink)));
    naive.run();
    importAll(false);
    closeSink();
    List<Measurement> second =
        rounds.alternate(
            List.of(
                new Contender("second run, the naive way", naive::run),
                new Contender(
                    "second run, ours",
                    () -> sink.set(ours.sink(inventory)),
                    () -> importAll(true),
                    this::closeSink)));

    first.forEach(report::add);
    second.forEach(report::add);
    report
        .add(
            Report.Figure.atLeast(
                inventory.size() < FEW ? LEAST_FIRST_OF_FEW : LEAST_FIRST,
                "first run, naive / ours",
                first.get(0).times(first.get(1)),
                "x"))
        .add(
            Report.Figure.atLeast(
                inventory.size() < FEW ? LEAST_SECOND_OF_FEW : LEAST_SECOND,
                "second run, naive / ours",
                second.get(0).times(second.get(1)),
                "x"));
    addCounts(report, naive, inventory);
    return report;
  }

  private void addCounts(Report report, NaiveRun naive, Inventory inventory) throws Exception {
    clear();
    for (String run : List.of("first", "second")) {
      theirs.recorder().forget();
      naive.run();
      int writes = theirs.recorder().take().size();
      count(report, run + " run, naive: requests to the vCenter", naive.requests());
      count(report, run + " run, naive: to the API server", writes + theirs.recorder().takeReads());
    }
    report.add(
        Report.Figure.of(
            "naive: answers of the vCenter, a machine",
            naive.bytes() / 1024.0 / inventory.size(),
            "KiB"));
    try (SoapRecorder recorder = new SoapRecorder(vcenter.url(), vcenter.tls())) {
      Inventory again =
          ReadBenchmark.read(vcenter.provider(recorder.url()), vcenter.tenant("bench"));
      count(report, "each run, ours: requests to the vCenter", recorder.exchanges().size());
      if (!again.equals(inventory)) {
        throw new IOException("the machines have changed meanwhile");
      }
    }
    for (String run : List.of("first", "second")) {
      ours.recorder().forget();
      importAll(false);
      int writes = ours.recorder().take().size();
      closeSink();
      report.add(
          run.equals("first")
              ? Report.Figure.of("first run, ours: writes", writes, "1")
              : Report.Figure.atMost(0, "second run, ours: writes", writes, "1"));
    }
  }

  private static void count(Report report, String what, int count) {
    Report unused = report.add(Report.Figure.of(what, count, "1"));
  }

  private Inventory read() throws Exception {
    return ReadBenchmark.read(provider, vcenter.tenant("bench"));
  }

  /**
   * Reads, and makes the records true.
   *
   * @param running whether the sink has been running before, or begins now
   */
  private void importAll(boolean running) throws Exception {
    Inventory inventory = read();
    if (!running) {
      sink.set(ours.newSink());
    }
    KubernetesInventorySink open = sink.get();
    if (open != null) {
      ours.apply(open, inventory);
    }
  }

  private void closeSink() {
    KubernetesInventorySink open = sink.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }

  private void clear() throws IOException, InterruptedException {
    ours.clear();
    theirs.clear();
  }
}
