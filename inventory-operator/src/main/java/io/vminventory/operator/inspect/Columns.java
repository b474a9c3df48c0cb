package io.vminventory.operator.inspect;

import java.util.ArrayList;
import java.util.List;

/**
 * Layout of a text table. Columns are as wide as their widest cell, the last is not padded. Pure.
 */
final class Columns {

  private static final int GAP = 3;

  private Columns() {}

  /**
   * A line for each row.
   *
   * @param rows with the header; all of the same length
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

  /** In code points. */
  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
