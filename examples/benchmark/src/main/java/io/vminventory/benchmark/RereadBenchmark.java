package io.vminventory.benchmark;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import java.util.List;

/** Everything is read again and handed to the sink, with nothing changed, beside the read alone. */
final class RereadBenchmark {

  private static final double MOST_TIMES_READ = 1.1;

  private final VcenterOptions vcenter;
  private final Bench bench;
  private final RoundOptions rounds;

  RereadBenchmark(VcenterOptions vcenter, Bench bench, RoundOptions rounds) {
    this.vcenter = vcenter;
    this.bench = bench;
    this.rounds = rounds;
  }

  Report run() throws Exception {
    InventoryProvider provider = vcenter.provider(vcenter.url());
    Inventory inventory = read(provider);
    try (KubernetesInventorySink sink = bench.sink(inventory)) {
      bench.recorder().forget();
      List<Measurement> measured =
          rounds.alternate(
              List.of(
                  new Contender(
                      "read again, nothing changed", () -> bench.apply(sink, read(provider))),
                  new Contender("the read alone", () -> read(provider))));
      return new Report("reread: %d machines of a %s".formatted(inventory.size(), vcenter.kind()))
          .add(measured.get(0))
          .add(measured.get(1))
          .add(
              Report.Figure.atMost(
                  MOST_TIMES_READ,
                  "read again / the read alone",
                  measured.get(0).times(measured.get(1)),
                  "x"))
          .add(
              Report.Figure.atMost(
                  0, "writes when read again", bench.recorder().take().size(), "1"));
    }
  }

  private Inventory read(InventoryProvider provider) throws Exception {
    return ReadBenchmark.read(provider, vcenter.tenant("bench"));
  }
}
