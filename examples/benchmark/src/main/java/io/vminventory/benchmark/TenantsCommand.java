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

/** Measures what many watching tenants of one vCenter cost, and whether a flood starves them. */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Many tenants on one embedded vCenter, each in a process of its own.")
final class TenantsCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double MOST_HEAP_MIB = 512;
  private static final double MIB = 1 << 20;

  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--tenants", defaultValue = "500")
  private int tenants = 500;

  @Option(names = "--machines", defaultValue = "20", description = "Machines of each tenant.")
  private int machines = 20;

  @Option(names = "--quiet-seconds", defaultValue = "60")
  private int quietSeconds = 60;

  @Option(names = "--flood-seconds", defaultValue = "30", description = "0: nothing is changed.")
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
        cluster.register("bench-" + tenant, PeerCommand.account(tenant), PeerCommand.PASSWORD);
      }
      System.out.printf("%d tenants with %d machines each are registered%n", tenants, machines);
      long start = System.nanoTime();
      try (OperatorRun operator = operators.start(cluster, vcenter)) {
        cluster.awaitReady(tenants);
        report.add(Report.Figure.of("start until all are ready", seconds(start), "s"));
        report.add(Report.Figure.of("records", cluster.records(), "1"));
        report.add(Report.Figure.of("sessions", sessions(vcenter), "1"));
        report.add(Report.Figure.of("resident then", operator.residentMiB(), "MiB"));
        System.out.printf("all ready; %s%n", operator.cost());
        beQuiet(vcenter, cluster, operator, report);
        if (floodSeconds > 0) {
          change(vcenter, cluster, operator);
        }
        start = System.nanoTime();
      }
      report.add(Report.Figure.of("SIGTERM until it has ended", seconds(start), "s"));
      report.add(Report.Figure.atMost(0, "sessions left", sessions(vcenter), "1"));
      reports.show(List.of(report));
      return sessions(vcenter) == 0 ? 0 : 1;
    }
  }

  private static int sessions(VcenterOptions vcenter) throws IOException {
    return Integer.parseInt(vcenter.ask("sessions"));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The processor first: looking at the heap costs some itself. */
  private void beQuiet(VcenterOptions vcenter, Cluster cluster, OperatorRun operator, Report report)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    OptionalInt writes = cluster.writes();
    long cpu = operator.cpuMillis();
    String unused = vcenter.ask("forget");
    TimeUnit.SECONDS.sleep(quietSeconds);
    double percent = (operator.cpuMillis() - cpu) / (10.0 * quietSeconds);
    report
        .add(Report.Figure.of("idle, of a core", percent, "%"))
        .add(Report.Figure.of("idle, of a core, for each tenant", percent / tenants, "%"));
    if (writes.isPresent()) {
      int after = cluster.writes().orElseThrow();
      report.add(Report.Figure.atMost(0, "writes while idle", after - writes.getAsInt(), "1"));
    }
    System.out.printf(
        "%d quiet s: requests to vCenter %s; %s%n",
        quietSeconds, vcenter.ask("requests"), operator.cost());
    report.add(Report.Figure.of("resident when idle", operator.residentMiB(), "MiB"));
    LiveHeap heap = operator.liveHeap();
    report
        .add(Report.Figure.atMost(MOST_HEAP_MIB, "live heap", heap.bytes() / MIB, "MiB"))
        .add(Report.Figure.of("resident after the collection", operator.residentMiB(), "MiB"));
    heap.largest().forEach(System.out::println);
  }

  private void change(VcenterOptions vcenter, Cluster cluster, OperatorRun operator)
      throws IOException, InterruptedException {
    try (Records records = new Records(cluster.client())) {
      System.out.println(follow(vcenter, records, "a change of some tenant, nothing else"));
      flood(vcenter, records, operator);
    }
  }

  /** Changes machines of random tenants but the first, one after the other. */
  private Figures follow(VcenterOptions vcenter, Records records, String what)
      throws IOException, InterruptedException {
    Figures figures = new Figures(what);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(floodSeconds);
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(100));
      String name =
          PeerCommand.name(tenants, 1 + random.nextInt(tenants - 1), random.nextInt(machines));
      String renamed = name + "-renamed";
      records.forget();
      String unused = vcenter.ask("rename " + name + " " + renamed);
      long done = System.nanoTime();
      Records.Seen seen =
          records
              .await(
                  event ->
                      event.vm().getStatus() != null
                          && renamed.equals(event.vm().getStatus().vmname()),
                  PATIENCE)
              .orElseThrow(() -> new IllegalStateException("a change has not arrived"));
      figures.add(Duration.ofNanos(seen.nanoTime() - done));
      unused = vcenter.ask("rename " + renamed + " " + name);
    }
    return figures;
  }

  /** The same while a machine of the first tenant changes a hundred times a second. */
  private void flood(VcenterOptions vcenter, Records records, OperatorRun operator)
      throws IOException, InterruptedException {
    AtomicInteger changes = new AtomicInteger();
    long cpu = operator.cpuMillis();
    ScheduledExecutorService flapping = Executors.newSingleThreadScheduledExecutor();
    try {
      var task =
          flapping.scheduleAtFixedRate(
              () -> flap(vcenter, changes.incrementAndGet()), 0, 10, TimeUnit.MILLISECONDS);
      Figures figures = follow(vcenter, records, "the same while another tenant is flooded");
      task.cancel(false);
      System.out.println(figures);
      System.out.printf(
          "the flood: %d changes in %d s; %.1f %% of a core; %s%n",
          changes.get(),
          floodSeconds,
          (operator.cpuMillis() - cpu) / (10.0 * floodSeconds),
          operator.cost());
    } finally {
      flapping.shutdownNow();
    }
  }

  private void flap(VcenterOptions vcenter, int change) {
    String machine = PeerCommand.name(tenants, 0, 0);
    try {
      String unused = vcenter.ask("reconfigure " + machine + " " + (1 + change % 64) + " 1024");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
