package com.example.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The kubectl on the PATH, with an administrator's kubeconfig. */
record Kubectl(String namespace) {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  /** Exit code and combined output of one run. */
  record Result(int exitCode, String output) {}

  /** Runs kubectl and returns its output; fails unless it exits with 0. */
  String run(String... arguments) {
    Result result = runWithInput("", arguments);
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }

  /** Runs kubectl with this standard input. */
  Result runWithInput(String input, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("VMINVENTORY_KUBECTL", "kubectl"));
    command.addAll(List.of("--kubeconfig", System.getenv().getOrDefault(KUBECONFIG, "")));
    command.addAll(List.of("--namespace", namespace));
    command.addAll(List.of(arguments));
    try {
      Process kubectl = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (OutputStream stdin = kubectl.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(kubectl.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
