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
 * Latency of single changes of random machines, from the decoded update to the request that the
 * operator hands to its HTTP client. Each change waits for the request of the one before.
 */
final class ChangeBenchmark {

  /** Target for the 99th percentile. */
  private static final double MAX_P99_MILLIS = 10;

  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(20);
  private static final int WARM_UPS = 50;

  private final VcenterOptions vcenter;
  private final Cluster cluster;
  private final int vms;
  private final int changes;
  private final Random random = new Random(42);
  private final WriteRecorder recorder = new WriteRecorder();
  private int memoryMB = 1_000_000;

  /**
   * @param vcenter embedded, and started
   * @param vms the number of its machines
   */
  ChangeBenchmark(VcenterOptions vcenter, Cluster cluster, int vms, int changes) {
    this.vcenter = vcenter;
    this.cluster = cluster;
    this.vms = vms;
    this.changes = changes;
  }

  Report run() throws Exception {
    TimedProvider provider = new TimedProvider(vcenter.provider(vcenter.url()));
    String namespace = "bench-change-" + vms;
    DurationStatistics latencies = new DurationStatistics("update decoded -> write sent");
    Round round;
    try (OperatorProcess operator = operator(provider, cluster.newClient(recorder), namespace)) {
      operator.start();
      cluster.createTenant(namespace, vcenter.username(), vcenter.password());
      cluster.awaitReady(1);
      for (int i = 0; i < WARM_UPS; i++) {
        Duration unused = change(provider);
      }
      round =
          ProcessMeter.measure(
              () -> {
                for (int i = 0; i < changes; i++) {
                  latencies.add(change(provider));
                }
              });
      cluster.deleteTenant(namespace);
    }
    List<StatusDetails> unused = cluster.client().namespaces().withName(namespace).delete();
    return new Report("change: %d single changes among %d watched machines".formatted(changes, vms))
        .add(Report.Figure.of("update decoded -> write sent, median", latencies.millis(50), "ms"))
        .add(
            Report.Figure.atMost(
                MAX_P99_MILLIS, "update decoded -> write sent, p99", latencies.millis(99), "ms"))
        .add(Report.Figure.of("update decoded -> write sent, maximum", latencies.millis(100), "ms"))
        .add(
            Report.Figure.of(
                "processor time per change", round.cpuTime().toNanos() / 1e6 / changes, "ms"))
        .add(
            Report.Figure.of(
                "allocated per change", round.allocatedBytes() / 1024.0 / changes, "KiB"));
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

  private Duration change(TimedProvider provider) throws IOException, InterruptedException {
    recorder.reset();
    memoryMB++;
    String machine = PeerCommand.machineName(0, 0, random.nextInt(vms));
    String unused = vcenter.send("reconfigure %s 2 %d".formatted(machine, memoryMB));
    String expected = "\"memoryMB\":" + memoryMB;
    WriteRecorder.Write write =
        recorder
            .await(
                sent -> sent.path().contains("/vms/") && sent.body().contains(expected),
                WRITE_TIMEOUT)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the operator has not written the change within "
                            + WRITE_TIMEOUT.toSeconds()
                            + " s"));
    return Duration.ofNanos(write.nanoTime() - provider.lastUpdateNanoTime());
  }
}
