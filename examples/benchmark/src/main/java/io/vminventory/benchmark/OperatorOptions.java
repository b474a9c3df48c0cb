package io.vminventory.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options for the operator process. */
final class OperatorOptions {

  @Option(names = "--operator-jar", required = true)
  private Path jar = Path.of("");

  @Option(names = "--java", defaultValue = "java")
  private Path java = Path.of("java");

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue =
          "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxNewSize=16m -XX:MinHeapFreeRatio=10"
              + " -XX:MaxHeapFreeRatio=30 -Dio.netty.allocator.numDirectArenas=1 -Xmx512m",
      description =
          "JVM options. Default, as in the image but without its class archive: ${DEFAULT-VALUE}")
  private List<String> javaOptions = List.of();

  @Option(
      names = "--log",
      defaultValue = "operator.log",
      description = "File for the log of the operator.")
  private Path log = Path.of("operator.log");

  Path jar() {
    return jar;
  }

  /** Starts the operator for this cluster and this vCenter. */
  OperatorJvm start(Cluster cluster, VcenterOptions vcenter) throws IOException {
    return new OperatorJvm(
        java,
        jar,
        javaOptions,
        Map.of(
            "KUBECONFIG", cluster.kubeconfig().toString(),
            "VMINVENTORY_HTTP_PORT", "0",
            "VCENTER_HOST", vcenter.url().toString(),
            "VCENTER_CA_FILE", vcenter.caFile().toString()),
        log);
  }
}
