package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What others compile against stays: see {@code docs/design/0012-compatibility.md}. With {@code
 * -Dvminventory.api=write} the current signatures are written as those of the next release.
 */
@Tag("pure")
class ApiTest {

  private static final Path RELEASED = Path.of("src/test/api");
  private static final Path ACCEPTED = RELEASED.resolve("accepted-breaks.txt");

  @BeforeAll
  static void writeIfAsked() throws IOException {
    if (!"write".equals(System.getProperty("vminventory.api"))) {
      return;
    }
    for (String module : modules().toList()) {
      List<String> lines = new ArrayList<>();
      lines.add("# What others compile against, since the last release. Written by ApiTest.");
      lines.addAll(current(module));
      Files.write(RELEASED.resolve(module + ".txt"), lines);
    }
  }

  static Stream<String> modules() {
    return Modules.LIBRARIES.keySet().stream().sorted();
  }

  @Test
  void nothingThatWasReleasedBreaksUnlessItIsAccepted() throws IOException {
    Map<String, Set<String>> breaks = new TreeMap<>();
    Set<String> all = new TreeSet<>();
    for (String module : modules().toList()) {
      Set<String> found = ApiChanges.breaks(released(module), current(module));
      breaks.put(module, found);
      all.addAll(found);
    }
    assertThat(all)
        .as("what breaks others; a break that is meant is listed in %s: %s", ACCEPTED, breaks)
        .containsExactlyInAnyOrderElementsOf(lines(ACCEPTED));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void removedMethodOfEachModuleIsNoticed(String module) throws IOException {
    List<String> released = released(module);
    List<String> fewer = new ArrayList<>(released);
    String method =
        released.stream()
            .filter(line -> line.contains(" . ") && line.contains("("))
            .findFirst()
            .get();
    fewer.remove(method);
    assertThat(ApiChanges.breaks(released, fewer)).containsExactly("- " + method);
  }

  @Test
  void whatOnlyTheModuleItselfSeesIsNotGuarded() throws IOException {
    assertThat(released("inventory-vsphere"))
        .allMatch(line -> line.startsWith("io.vminventory.vsphere.VsphereProviderFactory"));
    assertThat(released("inventory-k8s-sink"))
        .noneMatch(line -> line.startsWith("io.vminventory.k8s.sink.Planner"));
  }

  private static List<String> current(String module) {
    return ApiSignature.of(Modules.types(module));
  }

  private static List<String> released(String module) throws IOException {
    return lines(RELEASED.resolve(module + ".txt"));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
