package io.vminventory.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Lays out the API server's {@code Table} response as kubectl does: headers in upper case, columns
 * as wide as their widest cell, three spaces between them, nothing for what is unknown. Immutable.
 */
final class TableText {

  private static final int PADDING = 3;

  /** With the padding; only a very short column is narrower. */
  private static final int MIN_WIDTH = 6;

  private final List<List<String>> lines;

  private TableText(List<List<String>> lines) {
    this.lines = lines;
  }

  /**
   * The columns that kubectl shows without {@code -o wide}.
   *
   * @param table an object of kind {@code Table}
   */
  static TableText of(JsonNode table) {
    JsonNode columns = table.path("columnDefinitions");
    List<Integer> shown =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).path("priority").asInt() == 0)
            .boxed()
            .toList();
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        shown.stream()
            .map(i -> columns.get(i).path("name").asText().toUpperCase(Locale.ROOT))
            .toList());
    for (JsonNode row : table.path("rows")) {
      lines.add(shown.stream().map(i -> text(row.path("cells").path(i))).toList());
    }
    return new TableText(List.copyOf(lines));
  }

  private static String text(JsonNode cell) {
    return cell.isNull() ? "" : cell.asText();
  }

  /** The headers and the row of the object with this name, if there is one. */
  TableText only(String name) {
    return new TableText(
        IntStream.range(0, lines.size())
            .filter(i -> i == 0 || lines.get(i).get(0).equals(name))
            .mapToObj(lines::get)
            .toList());
  }

  /** Each line with its end. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        text.append(line.get(i));
        // kubectl does not pad the last column, either.
        if (i < line.size() - 1) {
          text.append(" ".repeat(width(i) - line.get(i).length()));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    int widest = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    return Math.max(MIN_WIDTH, widest + PADDING);
  }
}
