package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.operator.OperatorProcess;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.ServerSettings;
import io.vminventory.operator.config.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One change after the other, each of any machine, from the update that the operator has decoded to
 * the request that it hands to its HTTP client. The next change comes when the last is on its way.
 */
final class ChangeBenchmark {

  /** The most that the operator may take for 99 of 100 changes. */
  static final double MOST_MILLIS = 10;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int WARM_UPS = 50;

  private final VcenterOptions vcenter;
  private final Cluster cluster;
  private final int vms;
  private final int changes;
  private final Random random = new Random(42);
  private final WriteRecorder recorder = new WriteRecorder();
  private int memoryMB = 1_000_000;

  /**
   * @param vcenter an embedded one that has been started
   * @param vms how many machines it has
   */
  ChangeBenchmark(VcenterOptions vcenter, Cluster cluster, int vms, int changes) {
    this.vcenter = vcenter;
    this.cluster = cluster;
    this.vms = vms;
    this.changes = changes;
  }

  Report run() throws Exception {
    TimedProvider timed = new TimedProvider(vcenter.provider(vcenter.url()));
    String namespace = "bench-change-" + vms;
    Figures share = new Figures("update decoded -> write sent");
    Sample all;
    try (OperatorProcess operator = operator(timed, cluster.open(recorder), namespace)) {
      operator.start();
      cluster.register(namespace, vcenter.username(), vcenter.password());
      cluster.awaitReady(1);
      for (int i = 0; i < WARM_UPS; i++) {
        Duration unused = change(timed);
      }
      all =
          Meter.measure(
              () -> {
                for (int i = 0; i < changes; i++) {
                  share.add(change(timed));
                }
              });
      cluster.remove(namespace);
    }
    List<StatusDetails> unused = cluster.client().namespaces().withName(namespace).delete();
    return new Report("change: one of %d watched machines, %d times".formatted(vms, changes))
        .add(Report.Figure.of("update decoded -> write sent, median", share.millis(50), "ms"))
        .add(
            Report.Figure.atMost(
                MOST_MILLIS, "update decoded -> write sent, p99", share.millis(99), "ms"))
        .add(Report.Figure.of("update decoded -> write sent, worst", share.millis(100), "ms"))
        .add(
            Report.Figure.of(
                "processor time of a change, all in all",
                all.cpu().toNanos() / 1e6 / changes,
                "ms"))
        .add(
            Report.Figure.of(
                "allocated for a change, all in all",
                all.allocatedBytes() / 1024.0 / changes,
                "KiB"));
  }

  private static OperatorProcess operator(
      InventoryProvider provider, KubernetesClient client, String namespace) {
    ServerSettings settings =
        new ServerSettings("vsphere", new ProviderSettings("default", Map.of()));
    return OperatorProcess.create(
        new OperatorSettings(List.of(settings), Set.of(namespace), "", 0, 16, Optional.empty()),
        new Servers(Map.of("default", new Servers.Server("vsphere", provider))),
        client);
  }

  private Duration change(TimedProvider timed) throws IOException, InterruptedException {
    recorder.forget();
    memoryMB++;
    String machine = PeerCommand.name(0, 0, random.nextInt(vms));
    String unused = vcenter.ask("reconfigure %s 2 %d".formatted(machine, memoryMB));
    String wanted = "\"memoryMB\":" + memoryMB;
    WriteRecorder.Write write =
        recorder
            .await(any -> any.path().contains("/vms/") && any.body().contains(wanted), PATIENCE)
            .orElseThrow(() -> new IllegalStateException("a change was not written"));
    return Duration.ofNanos(write.nanoTime() - timed.told());
  }
}
