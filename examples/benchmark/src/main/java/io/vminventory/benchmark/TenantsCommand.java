package io.vminventory.benchmark;

import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what many watching tenants of one vCenter cost, and whether a flood starves them. */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Many tenants on one simulated vCenter, the operator in its own process.")
final class TenantsCommand implements Callable<Integer> {

  private static final String PASSWORD = "pass";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Option(names = "--kubeconfig", required = true)
  private Path kubeconfig = Path.of("");

  @Option(names = "--operator-jar", required = true)
  private Path jar = Path.of("");

  @Option(names = "--java", defaultValue = "java")
  private Path java = Path.of("java");

  @Option(names = "--java-options", split = " ", defaultValue = "-Xmx512m")
  private List<String> javaOptions = List.of();

  @Option(names = "--log", defaultValue = "operator.log")
  private Path log = Path.of("operator.log");

  @Option(names = "--tenants", defaultValue = "500")
  private int tenants = 500;

  @Option(names = "--machines", defaultValue = "20", description = "Machines of each tenant.")
  private int machines = 20;

  @Option(names = "--quiet-seconds", defaultValue = "60")
  private int quietSeconds = 60;

  @Option(names = "--flood-seconds", defaultValue = "30")
  private int floodSeconds = 30;

  private final Random random = new Random(42);

  @Override
  public Integer call() throws Exception {
    try (VcenterSimulator vcenter = vcenter();
        Cluster cluster = new Cluster(kubeconfig)) {
      for (int tenant = 0; tenant < tenants; tenant++) {
        cluster.register("bench-" + tenant, "t" + tenant, PASSWORD);
      }
      System.out.printf("%d tenants with %d machines each are registered%n", tenants, machines);
      long start = System.nanoTime();
      try (OperatorRun operator =
          new OperatorRun(
              java,
              jar,
              javaOptions,
              Map.of(
                  "KUBECONFIG", cluster.kubeconfig().toString(),
                  "VMINVENTORY_HTTP_PORT", "0",
                  "VCENTER_HOST", vcenter.url().toString(),
                  "VCENTER_THUMBPRINT", vcenter.thumbprint()),
              log)) {
        awaitReady(cluster);
        System.out.printf(
            "all ready %.1f s after the start of the process; %d records, %d sessions; %s%n",
            (System.nanoTime() - start) / 1e9,
            cluster.records(),
            vcenter.sessions().size(),
            operator.cost());
        beQuiet(vcenter, cluster, operator);
        try (Records records = new Records(cluster.client())) {
          System.out.println(follow(vcenter, records, "a change of some tenant, nothing else"));
          flood(vcenter, records, operator);
        }
        start = System.nanoTime();
      }
      System.out.printf(
          "ended %.1f s after SIGTERM; %d sessions left%n",
          (System.nanoTime() - start) / 1e9, vcenter.sessions().size());
      return vcenter.sessions().isEmpty() ? 0 : 1;
    }
  }

  private VcenterSimulator vcenter() {
    VcenterBuilder builder =
        VcenterSimulator.builder()
            .machines(
                tenants * machines,
                i ->
                    SimulatedMachine.named(name(i / machines, i % machines))
                        .folder("/DC0/vm/t" + i / machines)
                        .poweredOn());
    for (int tenant = 0; tenant < tenants; tenant++) {
      builder.account("t" + tenant, PASSWORD, Visibility.folder("/DC0/vm/t" + tenant));
    }
    return builder.start();
  }

  private static String name(int tenant, int machine) {
    return "t" + tenant + "-m" + machine;
  }

  private void awaitReady(Cluster cluster) throws InterruptedException {
    while (cluster.ready() < tenants) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private void beQuiet(VcenterSimulator vcenter, Cluster cluster, OperatorRun operator)
      throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    int writes = cluster.writes();
    long cpu = operator.cpuMillis();
    vcenter.forgetRequests();
    TimeUnit.SECONDS.sleep(quietSeconds);
    System.out.printf(
        "%d quiet s: %.1f %% of a core, %d writes, requests to vCenter %s; %s%n",
        quietSeconds,
        (operator.cpuMillis() - cpu) / (10.0 * quietSeconds),
        cluster.writes() - writes,
        vcenter.requests(),
        operator.cost());
  }

  /** Changes machines of random tenants but the first, one after the other. */
  private Figures follow(VcenterSimulator vcenter, Records records, String what)
      throws InterruptedException {
    Figures figures = new Figures(what);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(floodSeconds);
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100 + random.nextInt(100));
      String name = name(1 + random.nextInt(tenants - 1), random.nextInt(machines));
      String renamed = name + "-renamed";
      records.forget();
      vcenter.rename(name, renamed);
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
      vcenter.rename(renamed, name);
    }
    return figures;
  }

  /** The same while a machine of the first tenant changes a hundred times a second. */
  private void flood(VcenterSimulator vcenter, Records records, OperatorRun operator)
      throws IOException, InterruptedException {
    AtomicInteger changes = new AtomicInteger();
    long cpu = operator.cpuMillis();
    ScheduledExecutorService flapping = Executors.newSingleThreadScheduledExecutor();
    try {
      var task =
          flapping.scheduleAtFixedRate(
              () -> vcenter.reconfigure(name(0, 0), 1 + changes.incrementAndGet() % 64, 1024),
              0,
              10,
              TimeUnit.MILLISECONDS);
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
}
