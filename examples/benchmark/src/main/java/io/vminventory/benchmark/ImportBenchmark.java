package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.testkit.fake.SampleMachines;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Creation and update of all records, and a check that finds nothing to do. The floor is the same
 * requests sent as they are; no sink runs meanwhile, since its watch would receive every record.
 */
final class ImportBenchmark {

  /** Target for the ratio of writing to its floor. */
  private static final double MAX_RATIO_TO_FLOOR = 1.3;

  private final BenchmarkNamespace bench;
  private final RoundOptions rounds;
  private final String kind;
  private final Inventory initial;
  private final Inventory changed;
  private final AtomicReference<@Nullable KubernetesInventorySink> sink = new AtomicReference<>();
  private final AtomicReference<@Nullable RawWriter> rawWriter = new AtomicReference<>();
  private List<WriteRecorder.Write> requests = List.of();

  /**
   * @param kind of the API server, for people
   */
  ImportBenchmark(BenchmarkNamespace bench, RoundOptions rounds, int machines, String kind) {
    this.bench = bench;
    this.rounds = rounds;
    this.kind = kind;
    this.initial = inventory(machines, 0);
    this.changed = inventory(machines, 1);
  }

  private static Inventory inventory(int machines, int memoryShift) {
    return Inventory.of(
        "Sample Platform 1.0",
        IntStream.range(0, machines)
            .mapToObj(
                i ->
                    SampleMachines.machine(
                        1_000 + i,
                        String.format(Locale.ROOT, "sample-%06d", i),
                        1 + i % 8,
                        1024 * (1 + (i + memoryShift) % 16),
                        "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256))
            .toList());
  }

  /**
   * @param changes whether to measure updates as well
   */
  Report run(boolean changes) throws Exception {
    Report report = new Report("import: %d records, %s".formatted(initial.size(), kind));
    create(report);
    if (changes) {
      update(report);
    }
    Measurement unchanged =
        rounds
            .alternate(
                List.of(
                    new BenchmarkCase(
                        "nothing changed",
                        () -> openSink(initial),
                        () -> applyExpecting(initial, Kind.CREATED, 0),
                        this::closeSink)))
            .get(0);
    return report
        .add(unchanged)
        .add(Report.Figure.atMost(0, "writes when nothing changed", writesOf(initial), "1"))
        .add(
            Report.Figure.of(
                "resident memory now", ProcessMeter.residentKiB("VmRSS") / 1024.0, "MiB"));
  }

  private void create(Report report) throws Exception {
    bench.deleteRecords();
    List<WriteRecorder.Write> creates = record(Inventory.of("", List.of()), initial);
    List<Measurement> created =
        rounds.alternate(
            List.of(
                sinkCase("first import", Inventory.of("", List.of()), initial, Kind.CREATED),
                new BenchmarkCase(
                    "floor: the same POST requests",
                    () -> {
                      bench.deleteRecords();
                      openRawWriter(creates);
                    },
                    this::sendRequests,
                    this::closeRawWriter)));
    created.forEach(report::add);
    report
        .add(
            Report.Figure.of(
                "average size of a POST request",
                creates.stream().mapToInt(write -> write.body().length()).average().orElse(0),
                "B"))
        .add(
            Report.Figure.atMost(
                MAX_RATIO_TO_FLOOR,
                "first import / floor",
                created.get(0).ratioTo(created.get(1)),
                "x"));
  }

  private void update(Report report) throws Exception {
    List<WriteRecorder.Write> unused = record(initial, changed);
    List<WriteRecorder.Write> updates = record(changed, initial);
    List<Measurement> updated =
        rounds.alternate(
            List.of(
                sinkCase("every record changed", initial, changed, Kind.CHANGED),
                new BenchmarkCase(
                    "floor: the same PUT requests",
                    () ->
                        openRawWriter(
                            RecordedWrites.withVersions(updates, bench.resourceVersions())),
                    this::sendRequests,
                    this::closeRawWriter)));
    updated.forEach(report::add);
    report.add(
        Report.Figure.atMost(
            MAX_RATIO_TO_FLOOR,
            "every record changed / floor",
            updated.get(0).ratioTo(updated.get(1)),
            "x"));
  }

  private BenchmarkCase sinkCase(String label, Inventory from, Inventory to, Kind kind) {
    return new BenchmarkCase(
        label,
        () -> {
          if (from.size() == 0) {
            bench.deleteRecords();
          }
          openSink(from);
        },
        () -> applyExpecting(to, kind, to.size()),
        this::closeSink);
  }

  /** The requests with which the sink turns one inventory into another. */
  private List<WriteRecorder.Write> record(Inventory from, Inventory to) throws Exception {
    openSink(from);
    bench.recorder().reset();
    SinkResult result = bench.apply(sink(), to);
    closeSink();
    List<WriteRecorder.Write> writes = bench.recorder().drainWrites();
    if (writes.size() != result.writes().size()) {
      throw new IOException(result.writes().size() + " writes took " + writes.size() + " requests");
    }
    return writes;
  }

  private int writesOf(Inventory inventory) throws Exception {
    openSink(inventory);
    bench.recorder().reset();
    applyExpecting(inventory, Kind.CHANGED, 0);
    closeSink();
    return bench.recorder().drainWrites().size();
  }

  private void applyExpecting(Inventory inventory, Kind kind, int expected) throws Exception {
    SinkResult result = bench.apply(sink(), inventory);
    if (result.count(kind) != expected || result.writes().size() != expected) {
      throw new IOException(result.writes().size() + " writes instead of " + expected);
    }
  }

  private void openSink(Inventory inventory) throws Exception {
    sink.set(bench.sinkWith(inventory));
    bench.recorder().reset();
  }

  private KubernetesInventorySink sink() {
    KubernetesInventorySink current = sink.get();
    if (current == null) {
      throw new IllegalStateException("no sink is open");
    }
    return current;
  }

  private void closeSink() {
    sink().close();
    sink.set(null);
  }

  private void openRawWriter(List<WriteRecorder.Write> recorded) throws IOException {
    requests = recorded;
    rawWriter.set(bench.newRawWriter());
  }

  private void sendRequests() throws IOException, InterruptedException {
    RawWriter writer = rawWriter.get();
    if (writer != null) {
      writer.send(requests, false);
    }
  }

  private void closeRawWriter() throws IOException {
    RawWriter writer = rawWriter.getAndSet(null);
    if (writer != null) {
      writer.close();
    }
  }
}
