package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.StatusDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures from the start of the delivered jar's process until all records are there. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "From the start of the process to the last record of a first import.")
final class StartCommand implements Callable<Integer> {

  private static final int MACHINES_OF_TARGET = 1_000;
  private static final double MOST_SECONDS = 5;
  private static final double MOST_MIB = 160;
  private static final double MOST_MIB_OF_10_000 = 256;
  private static final double MOST_JAR_MB = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SETTLED_SECONDS = 5;
  private static final String NAMESPACE = "bench-start";

  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final VcenterOptions vcenter = new VcenterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds = 5;

  private final Figures times = new Figures("start of the process -> last record");
  private final Figures ready = new Figures("start of the process -> the Tenant is ready");
  private final Figures cpu = new Figures("processor time until then");
  private double residentMiB;

  @Override
  public Integer call() throws Exception {
    int machines;
    try (vcenter;
        clusters) {
      vcenter.start();
      machines = ReadBenchmark.read(vcenter.provider(vcenter.url()), vcenter.tenant("x")).size();
      Cluster cluster = clusters.start();
      for (int i = 0; i < rounds; i++) {
        round(cluster, machines);
      }
      List<StatusDetails> unused = cluster.client().namespaces().withName(NAMESPACE).delete();
    }
    reports.show(List.of(report(machines)));
    return 0;
  }

  private void round(Cluster cluster, int machines) throws IOException, InterruptedException {
    cluster.register(NAMESPACE, vcenter.username(), vcenter.password());
    try (Records records = new Records(cluster.client())) {
      long start = System.nanoTime();
      try (OperatorRun operator = operators.start(cluster, vcenter)) {
        Records.Seen last =
            records
                .awaitDifferent(machines, PATIENCE)
                .orElseThrow(() -> new IOException("the records are not complete"));
        cluster.awaitReady(1);
        ready.add(Duration.ofNanos(System.nanoTime() - start));
        times.add(Duration.ofNanos(last.nanoTime() - start));
        cpu.add(Duration.ofMillis(operator.cpuMillis()));
        TimeUnit.SECONDS.sleep(SETTLED_SECONDS);
        residentMiB = operator.residentMiB();
        cluster.remove(NAMESPACE);
      }
    }
  }

  private Report report(int machines) throws IOException {
    System.out.println(times);
    System.out.println(ready);
    System.out.println(cpu);
    String median = "start of the process -> last record, median";
    double seconds = times.millis(50) / 1e3;
    return new Report("start: a first import of %d machines".formatted(machines))
        .add(
            machines <= MACHINES_OF_TARGET
                ? Report.Figure.atMost(MOST_SECONDS, median, seconds, "s")
                : Report.Figure.of(median, seconds, "s"))
        .add(Report.Figure.of("the fastest of them", times.millis(0) / 1e3, "s"))
        .add(Report.Figure.of("the slowest of them", times.millis(100) / 1e3, "s"))
        .add(Report.Figure.of("until the Tenant is ready, median", ready.millis(50) / 1e3, "s"))
        .add(Report.Figure.of("processor time until then, median", cpu.millis(50) / 1e3, "s"))
        .add(
            Report.Figure.atMost(
                machines <= MACHINES_OF_TARGET ? MOST_MIB : MOST_MIB_OF_10_000,
                SETTLED_SECONDS + " s later, resident in the last round",
                residentMiB,
                "MiB"))
        .add(Report.Figure.atMost(MOST_JAR_MB, "the jar", Files.size(operators.jar()) / 1e6, "MB"));
  }
}
