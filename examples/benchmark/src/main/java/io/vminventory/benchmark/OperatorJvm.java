package io.vminventory.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Operator in a separate JVM, with the processor time and memory that it uses. Linux only. */
final class OperatorJvm implements AutoCloseable {

  private final Process process;

  /**
   * Starts the operator.
   *
   * @param java the java command
   * @param options for the JVM
   * @param environment the variables that configure the operator
   * @param log the file for its output
   */
  OperatorJvm(Path java, Path jar, List<String> options, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString(), "run"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Threads, resident memory and processor time, for people. */
  String usage() throws IOException {
    return "threads %s, resident %.0f MiB, CPU %.1f s"
        .formatted(
            status("Threads:"),
            residentMiB(),
            process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
  }

  /** Resident memory, in MiB. */
  double residentMiB() throws IOException {
    return Integer.parseInt(status("VmRSS:").replaceAll("\\D", "")) / 1024.0;
  }

  /** Live heap after a collection, from the JVM's class histogram. */
  LiveHeap liveHeap() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = jcmd.inputReader()) {
      return LiveHeap.of(lines.lines().toList());
    }
  }

  /** Processor time used so far, in milliseconds. */
  long cpuMillis() {
    return process.info().totalCpuDuration().orElseThrow().toMillis();
  }

  private String status(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Sends SIGTERM, as Kubernetes does, and waits until the process has ended. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the operator has not ended 30 seconds after SIGTERM");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
