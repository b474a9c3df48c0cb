package io.vminventory.operator.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of {@code docs/install.md}. */
final class InstallPage {

  static final Path ROOT = Path.of("..");
  static final Path FILE = ROOT.resolve("docs").resolve("install.md");

  private InstallPage() {}

  /** The lines of the blocks that name no language, in the order of the page. */
  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    String block = "";
    for (String line : Files.readAllLines(FILE)) {
      if (line.startsWith("```")) {
        block = block.isEmpty() ? line : "";
      } else if (block.equals("```")) {
        commands.add(line);
      }
    }
    return commands;
  }
}
