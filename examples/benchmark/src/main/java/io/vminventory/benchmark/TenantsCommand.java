package io.vminventory.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command that measures many watching tenants of one vCenter, and whether a flood starves them. */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Many tenants of one embedded vCenter, with the operator in a separate process.")
final class TenantsCommand implements Callable<Integer> {

  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(30);
  private static final double MAX_HEAP_MIB = 512;
  private static final double MIB = 1 << 20;

  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--tenants", defaultValue = "500")
  private int tenants = 500;

  @Option(names = "--machines", defaultValue = "20", description = "Machines per tenant.")
  private int machines = 20;

  @Option(names = "--quiet-seconds", defaultValue = "60")
  private int quietSeconds = 60;

  @Option(names = "--flood-seconds", defaultValue = "30", description = "0: skip the changes.")
  private int floodSeconds = 30;

  private final Random random = new Random(42);

  @Override
  public Integer call() throws Exception {
    Report report = new Report("tenants: %d with %d machines each".formatted(tenants, machines));
    try (VcenterOptions vcenter = new VcenterOptions().machines(machines).tenants(tenants);
        clusters) {
      vcenter.start();
      Cluster cluster = clusters.start();
      for (int tenant = 0; tenant < tenants; tenant++) {
        cluster.createTenant("bench-" + tenant, PeerCommand.account(tenant), PeerCommand.PASSWORD);
      }
      System.out.printf("%d tenants with %d machines each are registered%n", tenants, machines);
      long start = System.nanoTime();
      try (OperatorJvm operator = operators.start(cluster, vcenter)) {
        cluster.awaitReady(tenants);
        report.add(Report.Figure.of("start until all Tenants are ready", seconds(start), "s"));
        report.add(Report.Figure.of("records", cluster.countRecords(), "1"));
        report.add(Report.Figure.of("sessions", sessions(vcenter), "1"));
        report.add(
            Report.Figure.of("resident memory when all are ready", operator.residentMiB(), "MiB"));
        System.out.printf("all ready; %s%n", operator.usage());
        measureIdle(vcenter, cluster, operator, report);
        if (floodSeconds > 0) {
          measureChanges(vcenter, cluster, operator);
        }
        start = System.nanoTime();
      }
      report.add(Report.Figure.of("SIGTERM until the process has ended", seconds(start), "s"));
      report.add(Report.Figure.atMost(0, "sessions after the end", sessions(vcenter), "1"));
      reports.print(List.of(report));
      return sessions(vcenter) == 0 ? 0 : 1;
    }
  }

  private static int sessions(VcenterOptions vcenter) throws IOException {
    return Integer.parseInt(vcenter.send("sessions"));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Measures the processor time before the heap, since a heap histogram takes some itself. */
  private void measureIdle(
      VcenterOptions vcenter, Cluster cluster, OperatorJvm operator, Report report)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    OptionalInt writes = cluster.countWrites();
    long cpu = operator.cpuMillis();
    String unused = vcenter.send("reset-requests");
    TimeUnit.SECONDS.sleep(quietSeconds);
    double percent = (operator.cpuMillis() - cpu) / (10.0 * quietSeconds);
    report
        .add(Report.Figure.of("idle, share of a core", percent, "%"))
        .add(Report.Figure.of("idle, share of a core per tenant", percent / tenants, "%"));
    if (writes.isPresent()) {
      int after = cluster.countWrites().orElseThrow();
      report.add(Report.Figure.atMost(0, "writes while idle", after - writes.getAsInt(), "1"));
    }
    System.out.printf(
        "%d s idle: requests to vCenter %s; %s%n",
        quietSeconds, vcenter.send("requests"), operator.usage());
    report.add(Report.Figure.of("resident memory when idle", operator.residentMiB(), "MiB"));
    LiveHeap heap = operator.liveHeap();
    report
        .add(Report.Figure.atMost(MAX_HEAP_MIB, "live heap", heap.bytes() / MIB, "MiB"))
        .add(
            Report.Figure.of(
                "resident memory after the collection", operator.residentMiB(), "MiB"));
    heap.largest().forEach(System.out::println);
  }

  private void measureChanges(VcenterOptions vcenter, Cluster cluster, OperatorJvm operator)
      throws IOException, InterruptedException {
    try (RecordEvents records = new RecordEvents(cluster.client())) {
      System.out.println(
          measureLatency(vcenter, records, "change -> watch event, without a flood"));
      flood(vcenter, records, operator);
    }
  }

  /** Changes one machine after the other, of any tenant but the first. */
  private DurationStatistics measureLatency(
      VcenterOptions vcenter, RecordEvents records, String label)
      throws IOException, InterruptedException {
    DurationStatistics latencies = new DurationStatistics(label);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(floodSeconds);
    while (System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(100));
      String name =
          PeerCommand.machineName(
              tenants, 1 + random.nextInt(tenants - 1), random.nextInt(machines));
      String renamed = name + "-renamed";
      records.reset();
      String unused = vcenter.send("rename " + name + " " + renamed);
      long changed = System.nanoTime();
      RecordEvents.Event event =
          records
              .await(
                  candidate ->
                      candidate.vm().getStatus() != null
                          && renamed.equals(candidate.vm().getStatus().vmname()),
                  EVENT_TIMEOUT)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "no watch event for the change within "
                              + EVENT_TIMEOUT.toSeconds()
                              + " s"));
      latencies.add(Duration.ofNanos(event.nanoTime() - changed));
      unused = vcenter.send("rename " + renamed + " " + name);
    }
    return latencies;
  }

  /**
   * Measures the latency while a machine of the first tenant changes a hundred times per second.
   */
  private void flood(VcenterOptions vcenter, RecordEvents records, OperatorJvm operator)
      throws IOException, InterruptedException {
    AtomicInteger changes = new AtomicInteger();
    long cpu = operator.cpuMillis();
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try {
      var task =
          scheduler.scheduleAtFixedRate(
              () -> floodChange(vcenter, changes.incrementAndGet()), 0, 10, TimeUnit.MILLISECONDS);
      DurationStatistics latencies =
          measureLatency(
              vcenter, records, "change -> watch event, while another tenant is flooded");
      task.cancel(false);
      System.out.println(latencies);
      System.out.printf(
          "flood: %d changes in %d s; %.1f %% of a core; %s%n",
          changes.get(),
          floodSeconds,
          (operator.cpuMillis() - cpu) / (10.0 * floodSeconds),
          operator.usage());
    } finally {
      scheduler.shutdownNow();
    }
  }

  private void floodChange(VcenterOptions vcenter, int change) {
    String machine = PeerCommand.machineName(tenants, 0, 0);
    try {
      String unused = vcenter.send("reconfigure " + machine + " " + (1 + change % 64) + " 1024");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
