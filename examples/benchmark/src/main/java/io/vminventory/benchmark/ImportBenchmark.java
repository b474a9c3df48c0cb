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
 * Records are created, all of them changed, and then found to be right, beside the same requests
 * from nobody who thinks. No sink runs while the floor writes: it would see every record.
 */
final class ImportBenchmark {

  /** The most that writing may take, in units of its floor. */
  static final double MOST_TIMES_FLOOR = 1.3;

  private final Bench bench;
  private final RoundOptions rounds;
  private final String kind;
  private final Inventory first;
  private final Inventory second;
  private final AtomicReference<@Nullable KubernetesInventorySink> sink = new AtomicReference<>();
  private final AtomicReference<@Nullable RawWriter> raw = new AtomicReference<>();
  private List<WriteRecorder.Write> requests = List.of();

  /**
   * @param kind of the API server, for a person
   */
  ImportBenchmark(Bench bench, RoundOptions rounds, int machines, String kind) {
    this.bench = bench;
    this.rounds = rounds;
    this.kind = kind;
    this.first = inventory(machines, 0);
    this.second = inventory(machines, 1);
  }

  private static Inventory inventory(int machines, int shift) {
    return Inventory.of(
        "Sample Platform 1.0",
        IntStream.range(0, machines)
            .mapToObj(
                i ->
                    SampleMachines.machine(
                        1_000 + i,
                        String.format(Locale.ROOT, "sample-%06d", i),
                        1 + i % 8,
                        1024 * (1 + (i + shift) % 16),
                        "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256))
            .toList());
  }

  /**
   * @param changes whether to change all records, too
   */
  Report run(boolean changes) throws Exception {
    Report report = new Report("import: %d records, %s".formatted(first.size(), kind));
    create(report);
    if (changes) {
      change(report);
    }
    Measurement again =
        rounds
            .alternate(
                List.of(
                    new Contender(
                        "nothing changed",
                        () -> openSink(first),
                        () -> applied(first, Kind.CREATED, 0),
                        this::closeSink)))
            .get(0);
    return report
        .add(again)
        .add(Report.Figure.atMost(0, "writes when nothing changed", writesOf(first), "1"))
        .add(Report.Figure.of("resident now", Meter.residentKiB("VmRSS") / 1024.0, "MiB"));
  }

  private void create(Report report) throws Exception {
    bench.clear();
    List<WriteRecorder.Write> creations = record(Inventory.of("", List.of()), first);
    List<Measurement> created =
        rounds.alternate(
            List.of(
                ours("first import", Inventory.of("", List.of()), first, Kind.CREATED),
                new Contender(
                    "floor: the same requests to create",
                    () -> {
                      bench.clear();
                      openRaw(creations);
                    },
                    this::sendRaw,
                    this::closeRaw)));
    created.forEach(report::add);
    report
        .add(
            Report.Figure.of(
                "bytes of a request to create",
                creations.stream().mapToInt(write -> write.body().length()).average().orElse(0),
                "B"))
        .add(
            Report.Figure.atMost(
                MOST_TIMES_FLOOR,
                "first import / floor",
                created.get(0).times(created.get(1)),
                "x"));
  }

  private void change(Report report) throws Exception {
    List<WriteRecorder.Write> unused = record(first, second);
    List<WriteRecorder.Write> changes = record(second, first);
    List<Measurement> changed =
        rounds.alternate(
            List.of(
                ours("every record changed", first, second, Kind.CHANGED),
                new Contender(
                    "floor: the same requests to change",
                    () -> openRaw(RecordedWrites.renewed(changes, bench.versions())),
                    this::sendRaw,
                    this::closeRaw)));
    changed.forEach(report::add);
    report.add(
        Report.Figure.atMost(
            MOST_TIMES_FLOOR,
            "every record changed / floor",
            changed.get(0).times(changed.get(1)),
            "x"));
  }

  private Contender ours(String what, Inventory from, Inventory to, Kind kind) {
    return new Contender(
        what,
        () -> {
          if (from.size() == 0) {
            bench.clear();
          }
          openSink(from);
        },
        () -> applied(to, kind, to.size()),
        this::closeSink);
  }

  /** What the sink sends on the way from one inventory to another. */
  private List<WriteRecorder.Write> record(Inventory from, Inventory to) throws Exception {
    openSink(from);
    bench.recorder().forget();
    SinkResult done = bench.apply(sink(), to);
    closeSink();
    List<WriteRecorder.Write> writes = bench.recorder().take();
    if (writes.size() != done.writes().size()) {
      throw new IOException(done.writes().size() + " writes took " + writes.size() + " requests");
    }
    return writes;
  }

  private int writesOf(Inventory same) throws Exception {
    openSink(same);
    bench.recorder().forget();
    applied(same, Kind.CHANGED, 0);
    closeSink();
    return bench.recorder().take().size();
  }

  private void applied(Inventory inventory, Kind kind, int expected) throws Exception {
    SinkResult result = bench.apply(sink(), inventory);
    if (result.count(kind) != expected || result.writes().size() != expected) {
      throw new IOException(result.writes().size() + " writes, not " + expected);
    }
  }

  private void openSink(Inventory before) throws Exception {
    sink.set(bench.sink(before));
    bench.recorder().forget();
  }

  private KubernetesInventorySink sink() {
    KubernetesInventorySink open = sink.get();
    if (open == null) {
      throw new IllegalStateException("no sink is open");
    }
    return open;
  }

  private void closeSink() {
    sink().close();
    sink.set(null);
  }

  private void openRaw(List<WriteRecorder.Write> toSend) throws IOException {
    requests = toSend;
    raw.set(bench.floor());
  }

  private void sendRaw() throws IOException, InterruptedException {
    RawWriter writer = raw.get();
    if (writer != null) {
      writer.send(requests, false);
    }
  }

  private void closeRaw() throws IOException {
    RawWriter writer = raw.getAndSet(null);
    if (writer != null) {
      writer.close();
    }
  }
}
