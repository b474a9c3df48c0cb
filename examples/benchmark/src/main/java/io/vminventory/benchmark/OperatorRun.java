package io.vminventory.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The operator in a process of its own, and what that process costs. Linux only. */
final class OperatorRun implements AutoCloseable {

  private final Process process;

  /**
   * Starts it.
   *
   * @param java the java command
   * @param options for the JVM
   * @param environment what the operator is configured by
   * @param log where its lines go
   */
  OperatorRun(Path java, Path jar, List<String> options, Map<String, String> environment, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString(), "run"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /** Threads, resident memory and processor time, for a person. */
  String cost() throws IOException {
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

  /**
   * What lives on its heap after a collection: the JVM's own histogram, the largest class first.
   */
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

  /** Ends it as a cluster would, and waits until it has ended. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("the operator does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
