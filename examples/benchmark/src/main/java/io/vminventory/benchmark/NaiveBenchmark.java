package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * First import and a re-read without changes, from the login to the last record, compared with the
 * naive importer on the same peers.
 */
final class NaiveBenchmark {

  private static final double MIN_FIRST_RATIO = 10;
  private static final double MIN_FIRST_RATIO_WHEN_SMALL = 1;
  private static final int SMALL_BELOW = 1_000;
  private static final double MIN_SECOND_RATIO = 40;
  private static final double MIN_SECOND_RATIO_WHEN_SMALL = 20;

  private final VcenterOptions vcenter;
  private final BenchmarkNamespace ours;
  private final BenchmarkNamespace naiveNamespace;
  private final RoundOptions rounds;
  private final InventoryProvider provider;
  private final AtomicReference<@Nullable KubernetesInventorySink> sink = new AtomicReference<>();

  /**
   * @param ours for the sink's records
   * @param naiveNamespace for the naive importer's records
   */
  NaiveBenchmark(
      VcenterOptions vcenter,
      BenchmarkNamespace ours,
      BenchmarkNamespace naiveNamespace,
      RoundOptions rounds)
      throws Exception {
    this.vcenter = vcenter;
    this.ours = ours;
    this.naiveNamespace = naiveNamespace;
    this.rounds = rounds;
    this.provider = vcenter.provider(vcenter.url());
  }

  /** Measures both, then counts their requests in one run of each. */
  Report run() throws Exception {
    Inventory inventory = read();
    NaiveImporter naive =
        new NaiveImporter(
            vcenter,
            naiveNamespace.client(),
            naiveNamespace.tenant().target(),
            inventory.machines().stream()
                .map(vm -> vm.id().value().replaceAll(".*/", ""))
                .toList());
    Report report = new Report("naive: %d machines".formatted(inventory.size()));

    List<Measurement> first =
        rounds.alternate(
            List.of(
                new BenchmarkCase("first run, naive", this::deleteRecords, naive::run, () -> {}),
                new BenchmarkCase(
                    "first run, ours",
                    this::deleteRecords,
                    () -> readAndApply(false),
                    this::closeSink)));
    naive.run();
    readAndApply(false);
    closeSink();
    List<Measurement> second =
        rounds.alternate(
            List.of(
                new BenchmarkCase("second run, naive", naive::run),
                new BenchmarkCase(
                    "second run, ours",
                    () -> sink.set(ours.sinkWith(inventory)),
                    () -> readAndApply(true),
                    this::closeSink)));

    first.forEach(report::add);
    second.forEach(report::add);
    report
        .add(
            Report.Figure.atLeast(
                inventory.size() < SMALL_BELOW ? MIN_FIRST_RATIO_WHEN_SMALL : MIN_FIRST_RATIO,
                "first run, naive / ours",
                first.get(0).ratioTo(first.get(1)),
                "x"))
        .add(
            Report.Figure.atLeast(
                inventory.size() < SMALL_BELOW ? MIN_SECOND_RATIO_WHEN_SMALL : MIN_SECOND_RATIO,
                "second run, naive / ours",
                second.get(0).ratioTo(second.get(1)),
                "x"));
    addCounts(report, naive, inventory);
    return report;
  }

  private void addCounts(Report report, NaiveImporter naive, Inventory inventory) throws Exception {
    deleteRecords();
    for (String run : List.of("first", "second")) {
      naiveNamespace.recorder().reset();
      naive.run();
      int writes = naiveNamespace.recorder().drainWrites().size();
      count(report, run + " run, naive: requests to vCenter", naive.requests());
      count(
          report,
          run + " run, naive: requests to the API server",
          writes + naiveNamespace.recorder().drainReads());
    }
    report.add(
        Report.Figure.of(
            "naive: response bytes of vCenter per machine",
            naive.responseBytes() / 1024.0 / inventory.size(),
            "KiB"));
    try (SoapRecorder recorder = new SoapRecorder(vcenter.url(), vcenter.tls())) {
      Inventory again =
          ReadBenchmark.read(vcenter.provider(recorder.url()), vcenter.tenant("bench"));
      count(report, "each run, ours: requests to vCenter", recorder.exchanges().size());
      if (!again.equals(inventory)) {
        throw new IOException("the machines changed during the benchmark");
      }
    }
    for (String run : List.of("first", "second")) {
      ours.recorder().reset();
      readAndApply(false);
      int writes = ours.recorder().drainWrites().size();
      closeSink();
      report.add(
          run.equals("first")
              ? Report.Figure.of("first run, ours: writes", writes, "1")
              : Report.Figure.atMost(0, "second run, ours: writes", writes, "1"));
    }
  }

  private static void count(Report report, String label, int count) {
    Report unused = report.add(Report.Figure.of(label, count, "1"));
  }

  private Inventory read() throws Exception {
    return ReadBenchmark.read(provider, vcenter.tenant("bench"));
  }

  /**
   * Reads all machines, and applies them to the sink.
   *
   * @param reuseSink whether to use the open sink instead of a new one
   */
  private void readAndApply(boolean reuseSink) throws Exception {
    Inventory inventory = read();
    if (!reuseSink) {
      sink.set(ours.newSink());
    }
    KubernetesInventorySink current = sink.get();
    if (current != null) {
      ours.apply(current, inventory);
    }
  }

  private void closeSink() {
    KubernetesInventorySink current = sink.getAndSet(null);
    if (current != null) {
      current.close();
    }
  }

  private void deleteRecords() throws IOException, InterruptedException {
    ours.deleteRecords();
    naiveNamespace.deleteRecords();
  }
}
