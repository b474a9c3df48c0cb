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
 * The kubectl on the PATH, with an administrator's kubeconfig.
 *
 * @param namespace of the tenant and of its records
 */
record Kubectl(String namespace) {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  private static final String JSONPATH_PER_RECORD =
      "{range .items[*]}{.metadata.name}{\" \"}{%s}{\"\\n\"}{end}";

  /** Runs kubectl and returns its output; fails unless it exits with 0. */
  String run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Applies objects in YAML. */
  void apply(String yaml) {
    runWithInput(yaml, "apply", "-f", "-");
  }

  private String runWithInput(String input, String... arguments) {
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
      assertThat(kubectl.waitFor()).as(command + ": " + output).isZero();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private <T> Map<String, T> perRecord(String path, Function<String, T> value) {
    Map<String, T> values = new TreeMap<>();
    run("get", "vm", "-o", "jsonpath=" + JSONPATH_PER_RECORD.formatted(path))
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(words -> values.put(words[0], value.apply(words[1])));
    return values;
  }

  /** The number of CPUs of each record, by its name; 0 while it has no status. */
  Map<String, Integer> records() {
    return perRecord(".status.numCpu", text -> text.isEmpty() ? 0 : Integer.parseInt(text));
  }

  /** The UID of each record, by its name; it changes if the record is deleted and created again. */
  Map<String, String> uids() {
    return perRecord(".metadata.uid", Function.identity());
  }

  /** The reason of a condition of the tenant; empty if there is none. */
  String reason(String condition) {
    return conditionField(condition, "reason");
  }

  /** The message of a condition of the tenant; empty if there is none. */
  String message(String condition) {
    return conditionField(condition, "message");
  }

  private String conditionField(String condition, String field) {
    return run(
        "get",
        "tenant",
        "ann",
        "-o",
        "jsonpath={.status.conditions[?(@.type==\"%s\")].%s}".formatted(condition, field));
  }
}
