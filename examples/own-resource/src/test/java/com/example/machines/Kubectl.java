package com.example.machines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, as a person uses it. */
record Kubectl(String namespace) {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  /** How a run ended, and what it printed on both outputs. */
  record Said(int exitCode, String text) {}

  /** Runs it, and gives what it prints; fails if it does. */
  String run(String... arguments) {
    Said said = fed("", arguments);
    assertThat(said.exitCode()).as(said.text()).isZero();
    return said.text();
  }

  Said fed(String input, String... arguments) {
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
      String text = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(kubectl.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
