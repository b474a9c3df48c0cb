package io.vminventory.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Embedded peer in a separate Java process, so that its cost is not measured. It exits when its
 * standard input is closed, so it does not outlive this process.
 */
final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader responses;
  private final String address;

  /**
   * Starts the process, and waits until the peer is ready.
   *
   * @param arguments of {@link PeerCommand}
   */
  PeerProcess(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "peer"));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    responses = process.inputReader(StandardCharsets.UTF_8);
    String line = responses.readLine();
    if (line == null) {
      close();
      throw new IOException("the peer did not start: " + arguments);
    }
    address = line;
  }

  /** The URL of a vCenter, or the path of the kubeconfig of a Kubernetes API server. */
  String address() {
    return address;
  }

  /**
   * Sends a request, and waits for the response. Thread-safe.
   *
   * @param request for {@link PeerCommand#execute}
   */
  synchronized String send(String request) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write(request + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    String response = responses.readLine();
    if (response == null) {
      throw new IOException("the peer exited during the request: " + request);
    }
    return response;
  }

  @Override
  public void close() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
