package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.relay.FaultRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The delivered jar, run in processes of its own.
 *
 * @param peers provide the rights and the account
 * @param directory for kubeconfigs and logs
 */
record OperatorJar(FaultPeers peers, Path directory) {

  private static final Path JAR = Path.of("target", "vminventory-operator.jar");

  /** Starts a process that reaches its peers through these relays. */
  Process start(FaultRelay apiServer, FaultRelay vcenter, String log, String... options)
      throws IOException {
    return start(List.of(), apiServer, vcenter, log, options);
  }

  /** Starts such a process with these JVM flags. */
  Process start(
      List<String> flags, FaultRelay apiServer, FaultRelay vcenter, String log, String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-jar", JAR.toString(), "run", "--http-port=0"));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    Path own = Files.createDirectories(directory.resolve(log + "-config"));
    environment.put("KUBECONFIG", peers.kubeconfig(apiServer, own).toString());
    peers
        .server(vcenter)
        .forEach(
            (name, value) ->
                environment.put(
                    "VCENTER_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(log).toFile())
        .start();
  }

  /** Output of a process so far. */
  String log(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM and expects a clean exit. */
  static void end(Process process) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended on SIGTERM").isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
