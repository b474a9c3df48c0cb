package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import java.util.List;

/** Full read without changes, applied to the sink; the baseline is the read alone. */
final class RereadBenchmark {

  private static final double MAX_RATIO_TO_READ = 1.1;

  private final VcenterOptions vcenter;
  private final BenchmarkNamespace bench;
  private final RoundOptions rounds;

  RereadBenchmark(VcenterOptions vcenter, BenchmarkNamespace bench, RoundOptions rounds) {
    this.vcenter = vcenter;
    this.bench = bench;
    this.rounds = rounds;
  }

  Report run() throws Exception {
    InventoryProvider provider = vcenter.provider(vcenter.url());
    Inventory inventory = read(provider);
    try (KubernetesInventorySink sink = bench.sinkWith(inventory)) {
      bench.recorder().reset();
      List<Measurement> measured =
          rounds.alternate(
              List.of(
                  new BenchmarkCase(
                      "read again, nothing changed", () -> bench.apply(sink, read(provider))),
                  new BenchmarkCase("the read alone", () -> read(provider))));
      return new Report("reread: %d machines of a %s".formatted(inventory.size(), vcenter.kind()))
          .add(measured.get(0))
          .add(measured.get(1))
          .add(
              Report.Figure.atMost(
                  MAX_RATIO_TO_READ,
                  "read again / the read alone",
                  measured.get(0).ratioTo(measured.get(1)),
                  "x"))
          .add(
              Report.Figure.atMost(
                  0, "writes when nothing changed", bench.recorder().drainWrites().size(), "1"));
    }
  }

  private Inventory read(InventoryProvider provider) throws Exception {
    return ReadBenchmark.read(provider, vcenter.tenant("bench"));
  }
}
