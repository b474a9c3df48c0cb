package io.vminventory.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An embedded peer in a Java process of its own, so that what it costs is not taken for ours. It
 * ends when its input does, so it does not outlive this process.
 */
final class ChildPeer implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final String told;

  /**
   * Starts it, and waits until it can be used.
   *
   * @param arguments of {@link PeerCommand}
   */
  ChildPeer(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "peer"));
    command.addAll(arguments);
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    String line = answers.readLine();
    if (line == null) {
      close();
      throw new IOException("the peer has not started: " + arguments);
    }
    told = line;
  }

  /** Where it is, in its own words. */
  String told() {
    return told;
  }

  /**
   * Has it do something, and returns when that is done. Thread-safe.
   *
   * @param request what {@link PeerCommand#obey} understands
   */
  synchronized String ask(String request) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write(request + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the peer has ended over: " + request);
    }
    return answer;
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
