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

/** Command that measures the time from the start of the operator jar to the last record. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Time from the start of the process to the last record of a first import.")
final class StartCommand implements Callable<Integer> {

  private static final int MAX_MACHINES_OF_TARGET = 1_000;
  private static final double MAX_SECONDS = 5;
  private static final double MAX_MIB = 160;
  private static final double MAX_MIB_FOR_10_000 = 256;
  private static final double MAX_JAR_MB = 40;
  private static final Duration IMPORT_TIMEOUT = Duration.ofMinutes(5);
  private static final int IDLE_SECONDS = 5;
  private static final String NAMESPACE = "bench-start";

  @Mixin private final OperatorOptions operators = new OperatorOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final VcenterOptions vcenter = new VcenterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds = 5;

  private final DurationStatistics lastRecord =
      new DurationStatistics("start of the process -> last record");
  private final DurationStatistics ready =
      new DurationStatistics("start of the process -> Tenant ready");
  private final DurationStatistics cpu =
      new DurationStatistics("processor time until Tenant ready");
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
    reports.print(List.of(report(machines)));
    return 0;
  }

  private void round(Cluster cluster, int machines) throws IOException, InterruptedException {
    cluster.createTenant(NAMESPACE, vcenter.username(), vcenter.password());
    try (RecordEvents records = new RecordEvents(cluster.client())) {
      long start = System.nanoTime();
      try (OperatorJvm operator = operators.start(cluster, vcenter)) {
        RecordEvents.Event last =
            records
                .awaitDifferent(machines, IMPORT_TIMEOUT)
                .orElseThrow(
                    () ->
                        new IOException(
                            "not all records were created within "
                                + IMPORT_TIMEOUT.toSeconds()
                                + " s"));
        cluster.awaitReady(1);
        ready.add(Duration.ofNanos(System.nanoTime() - start));
        lastRecord.add(Duration.ofNanos(last.nanoTime() - start));
        cpu.add(Duration.ofMillis(operator.cpuMillis()));
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        residentMiB = operator.residentMiB();
        cluster.deleteTenant(NAMESPACE);
      }
    }
  }

  private Report report(int machines) throws IOException {
    System.out.println(lastRecord);
    System.out.println(ready);
    System.out.println(cpu);
    String median = "start of the process -> last record, median";
    double seconds = lastRecord.millis(50) / 1e3;
    return new Report("start: a first import of %d machines".formatted(machines))
        .add(
            machines <= MAX_MACHINES_OF_TARGET
                ? Report.Figure.atMost(MAX_SECONDS, median, seconds, "s")
                : Report.Figure.of(median, seconds, "s"))
        .add(
            Report.Figure.of(
                "start of the process -> last record, minimum", lastRecord.millis(0) / 1e3, "s"))
        .add(
            Report.Figure.of(
                "start of the process -> last record, maximum", lastRecord.millis(100) / 1e3, "s"))
        .add(
            Report.Figure.of(
                "start of the process -> Tenant ready, median", ready.millis(50) / 1e3, "s"))
        .add(
            Report.Figure.of(
                "processor time until Tenant ready, median", cpu.millis(50) / 1e3, "s"))
        .add(
            Report.Figure.atMost(
                machines <= MAX_MACHINES_OF_TARGET ? MAX_MIB : MAX_MIB_FOR_10_000,
                "resident memory " + IDLE_SECONDS + " s later, last round",
                residentMiB,
                "MiB"))
        .add(
            Report.Figure.atMost(
                MAX_JAR_MB, "size of the jar", Files.size(operators.jar()) / 1e6, "MB"));
  }
}
