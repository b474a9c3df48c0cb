package io.vminventory.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which API server is measured: one that runs, or an embedded one that is started for it. */
final class ClusterOptions implements AutoCloseable {

  @Option(names = "--kubeconfig", description = "Without it, an embedded API server is started.")
  private @Nullable Path kubeconfig;

  private @Nullable ChildPeer child;
  private @Nullable Cluster cluster;

  /** Starts what has to be started, and installs the definitions; {@link #close()} ends it. */
  Cluster start() throws IOException {
    Path file = kubeconfig;
    if (file == null) {
      Path directory = Files.createTempDirectory("vminventory-benchmark");
      child = new ChildPeer(List.of("KUBERNETES", "--directory", directory.toString()));
      file = Path.of(child.told());
    }
    Cluster started = new Cluster(file);
    cluster = started;
    return started;
  }

  String kind() {
    return child == null ? "running API server" : "embedded API server";
  }

  @Override
  public void close() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (child != null) {
      child.close();
    }
  }
}
