package io.vminventory.operator.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Code blocks of {@code docs/install.md}. */
final class InstallPage {

  static final Path ROOT = Path.of("..");
  static final Path FILE = ROOT.resolve("docs").resolve("install.md");

  private InstallPage() {}

  /** Lines of the blocks without a language, in the order of the page. */
  static List<String> commands() throws IOException {
    return lines("");
  }

  /** Example values of the page. */
  static String values() throws IOException {
    return String.join("\n", lines("yaml")) + "\n";
  }

  private static List<String> lines(String language) throws IOException {
    List<String> lines = new ArrayList<>();
    String block = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("```")) {
        block = block.isEmpty() ? line : "";
      } else if (block.equals("```" + language)) {
        lines.add(line);
      }
    }
    return lines;
  }
}
