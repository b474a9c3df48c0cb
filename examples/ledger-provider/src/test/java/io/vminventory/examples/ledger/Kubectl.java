package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The real kubectl, as a person uses it.
 *
 * @param namespace of the tenant and of its records
 */
record Kubectl(String namespace) {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  private static final String EACH = "{range .items[*]}{.metadata.name}{\" \"}{%s}{\"\\n\"}{end}";

  /** Runs it, and gives what it prints; fails if it does. */
  String run(String... arguments) {
    return runFed("", arguments);
  }

  /** Applies objects that are written in YAML. */
  void apply(String yaml) {
    runFed(yaml, "apply", "-f", "-");
  }

  private String runFed(String input, String... arguments) {
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
      String said = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(kubectl.waitFor()).as(command + ": " + said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private <T> Map<String, T> ofEach(String path, Function<String, T> value) {
    Map<String, T> found = new TreeMap<>();
    run("get", "vm", "-o", "jsonpath=" + EACH.formatted(path))
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(words -> found.put(words[0], value.apply(words[1])));
    return found;
  }

  /** The number of CPUs of each record, by its name; 0 while its status is not written yet. */
  Map<String, Integer> records() {
    return ofEach(".status.numCpu", text -> text.isEmpty() ? 0 : Integer.parseInt(text));
  }

  /** Each record's own identity: another one if it was deleted and made again. */
  Map<String, String> uids() {
    return ofEach(".metadata.uid", Function.identity());
  }

  /** The reason of a condition of the tenant; empty if there is none. */
  String reason(String condition) {
    return ofTenant(condition, "reason");
  }

  /** The message of a condition of the tenant; empty if there is none. */
  String message(String condition) {
    return ofTenant(condition, "message");
  }

  private String ofTenant(String condition, String field) {
    return run(
        "get",
        "tenant",
        "ann",
        "-o",
        "jsonpath={.status.conditions[?(@.type==\"%s\")].%s}".formatted(condition, field));
  }
}
