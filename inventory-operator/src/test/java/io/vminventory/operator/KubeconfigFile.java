package io.vminventory.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kubeconfig file for a process that a test starts. */
public final class KubeconfigFile {

  private KubeconfigFile() {}

  /** Writes {@code kubeconfig} with one cluster and one user, both in YAML's flow style. */
  public static Path write(Path directory, String cluster, String user) {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: %s}]
        users: [{name: test, user: %s}]
        contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
        current-context: test
        """
            .formatted(cluster, user);
    try {
      return Files.writeString(directory.resolve("kubeconfig"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
