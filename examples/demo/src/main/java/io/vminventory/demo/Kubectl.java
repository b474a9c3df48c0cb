package io.vminventory.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The kubectl of this machine, if it has one. */
final class Kubectl {

  private static final int TIMEOUT_SECONDS = 20;

  private final String program;
  private final Path kubeconfig;

  /**
   * @param program a file, or a name to be found on the PATH
   * @param kubeconfig its folder takes kubectl's cache, too
   */
  Kubectl(String program, Path kubeconfig) {
    this.program = program;
    this.kubeconfig = kubeconfig;
  }

  /** What it prints; empty if there is no kubectl, or if it fails. */
  Optional<String> run(List<String> arguments) throws InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    program,
                    "--kubeconfig=" + kubeconfig,
                    "--cache-dir=" + kubeconfig.resolveSibling("kubectl-cache"),
                    "--request-timeout=10s"),
                arguments.stream())
            .toList();
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      // The tables of the demo are smaller than a pipe's buffer: it can end before they are read.
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.empty();
      }
      return Optional.of(
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
