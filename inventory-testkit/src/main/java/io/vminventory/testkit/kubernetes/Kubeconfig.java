package io.vminventory.testkit.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Kubeconfig file for the embedded server. */
final class Kubeconfig {

  private static final String TEXT =
      """
      apiVersion: v1
      kind: Config
      clusters:
        - name: embedded
          cluster:
            server: %s
      users:
        - name: anonymous
          user: {}
      contexts:
        - name: embedded
          context:
            cluster: embedded
            user: anonymous
            namespace: default
      current-context: embedded
      """;

  private Kubeconfig() {}

  /** Writes {@code kubeconfig} into the directory, readable by its owner only. */
  static Path write(Path directory, String url) {
    Path file = directory.resolve("kubeconfig");
    try {
      Files.createDirectories(directory);
      create(file);
      return Files.writeString(file, TEXT.formatted(url));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static void create(Path file) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    try {
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException e) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
