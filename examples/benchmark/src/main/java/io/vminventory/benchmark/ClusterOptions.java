package io.vminventory.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the API server: an existing one, or an embedded one that is started. */
final class ClusterOptions implements AutoCloseable {

  @Option(
      names = "--kubeconfig",
      description = "Kubeconfig of an existing cluster. Default: starts an embedded API server.")
  private @Nullable Path kubeconfig;

  private @Nullable PeerProcess embedded;
  private @Nullable Cluster cluster;

  /** Starts the embedded API server if needed, and installs the CRDs; {@link #close()} stops it. */
  Cluster start() throws IOException {
    Path file = kubeconfig;
    if (file == null) {
      Path directory = Files.createTempDirectory("vminventory-benchmark");
      embedded = new PeerProcess(List.of("KUBERNETES", "--directory", directory.toString()));
      file = Path.of(embedded.address());
    }
    Cluster opened = new Cluster(file);
    cluster = opened;
    return opened;
  }

  String kind() {
    return embedded == null ? "existing API server" : "embedded API server";
  }

  @Override
  public void close() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (embedded != null) {
      embedded.close();
    }
  }
}
