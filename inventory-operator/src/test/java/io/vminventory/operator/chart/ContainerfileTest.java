package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Properties of the image that need no container engine. */
@Tag("slow")
class ContainerfileTest {

  private final List<String> lines = Files.readAllLines(Path.of("Containerfile"));

  ContainerfileTest() throws IOException {}

  @Test
  void userIsNumericAndNotRootAndEqualsTheCharts() throws IOException {
    assertThat(instruction("USER")).matches("[1-9][0-9]*:[1-9][0-9]*");
    assertThat(Files.readString(Chart.FOLDER.resolve("values.yaml")))
        .contains("runAsUser: " + instruction("USER").replaceFirst(":.*", "\n"));
  }

  @Test
  void baseImageCanBePinned() {
    assertThat(instruction("FROM")).isEqualTo("${BASE}");
    assertThat(instruction("ARG")).startsWith("BASE=eclipse-temurin:17");
  }

  @Test
  void entryPointReceivesSignalsAndItsFlagsExist() throws Exception {
    String[] entryPoint = words("ENTRYPOINT");
    assertThat(entryPoint).startsWith("java").endsWith("-jar", "/app/vminventory-operator.jar");
    assertThat(instruction("COPY"))
        .isEqualTo("vminventory-operator.jar vminventory-operator.classlist /app/");
    assertThat(words("RUN"))
        .as("the archive is created with the flags and the class path of its use")
        .contains("-XX:+UseSerialGC", "/app/vminventory-operator.jar")
        .contains(
            Arrays.stream(entryPoint)
                .filter(word -> word.startsWith("-XX:SharedArchiveFile="))
                .toArray(String[]::new));
    assertThat(words("CMD")).containsExactly("run");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        Stream.concat(
                Stream.of(java.toString()),
                Stream.concat(
                    Arrays.stream(entryPoint).filter(word -> word.startsWith("-XX:")),
                    Stream.of("-version")))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(command).hasSizeGreaterThan(3);
  }

  /** Words of an instruction in JSON form, which runs no shell that would keep signals. */
  private String[] words(String instruction) throws IOException {
    return new ObjectMapper().readValue(instruction(instruction), String[].class);
  }

  private String instruction(String name) {
    List<String> found =
        lines.stream()
            .filter(line -> line.startsWith(name + " "))
            .map(line -> line.substring(name.length() + 1))
            .toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
