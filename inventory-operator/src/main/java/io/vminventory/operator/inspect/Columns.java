package io.vminventory.operator.inspect;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell; the last one is never padded. Pure. */
final class Columns {

  private static final int GAP = 3;

  private Columns() {}

  /**
   * A line for each row.
   *
   * @param rows the head among them; all of the same length
   */
  static List<String> align(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell);
        if (column < row.size() - 1) {
          line.append(" ".repeat(width(rows, column) - length(cell) + GAP));
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  /** In characters as a person counts them. */
  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
