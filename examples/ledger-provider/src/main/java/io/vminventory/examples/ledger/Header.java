package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Header of a table: the column of each fact. Unknown columns are not in it.
 *
 * @param line the index of the header among the table's lines
 * @param width how many columns the table has
 */
record Header(int line, int width, Map<Column, Integer> positions, List<String> titles) {

  /** Above the header there may be a title, a date and the like. */
  private static final int MAX_LINES_ABOVE = 10;

  /**
   * Finds the first row that names the machines' column.
   *
   * @throws InventoryException with everything that is wrong with the header
   */
  static Header find(Table table, LedgerSettings settings) throws InventoryException {
    List<Table.Line> lines = table.lines();
    for (int i = 0; i < Math.min(lines.size(), MAX_LINES_ABOVE); i++) {
      List<String> titles = lines.get(i).cells().stream().map(Table.Cell::text).toList();
      if (!candidates(Column.NAME, titles, settings).isEmpty()) {
        return of(i, titles, table.where() + ", row " + lines.get(i).number(), settings);
      }
    }
    String seen =
        lines.stream()
            .filter(line -> !line.isBlank())
            .findFirst()
            .map(
                line ->
                    line.cells().stream()
                        .map(cell -> "'" + LedgerReader.brief(cell.text()) + "'")
                        .collect(Collectors.joining(", ")))
            .orElse("nothing");
    throw new InventoryException(
        Failure.MISCONFIGURED,
        table.where()
            + " has no header with the column "
            + settings.columns().getOrDefault(Column.NAME, "Name")
            + " in its first rows; add it, or set columns to name=Header. The first row holds "
            + seen);
  }

  private static Header of(int line, List<String> titles, String where, LedgerSettings settings)
      throws InventoryException {
    Map<Column, Integer> positions = new EnumMap<>(Column.class);
    List<String> problems = new ArrayList<>();
    for (Column column : Column.values()) {
      List<Integer> found = candidates(column, titles, settings);
      if (found.size() > 1) {
        problems.add(
            "the columns "
                + found.stream().map(titles::get).collect(Collectors.joining(" and "))
                + " are both "
                + column
                + ", choose one by the setting columns");
      } else if (found.size() == 1) {
        positions.put(column, found.get(0));
      } else if (settings.columns().containsKey(column)) {
        problems.add("there is no column '" + settings.columns().get(column) + "' for " + column);
      }
    }
    if (!settings.visibleToAll() && !positions.containsKey(Column.ACCOUNT)) {
      problems.add(
          "no column says which account sees a machine, add one with the header Account,"
              + " or set visible-to-all to true");
    }
    if (!problems.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED, where + "; " + String.join("; ", problems));
    }
    return new Header(line, titles.size(), positions, titles);
  }

  private static List<Integer> candidates(
      Column column, List<String> titles, LedgerSettings settings) {
    String own = settings.columns().get(column);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      String title = titles.get(i);
      if (own == null ? column.isCalled(title) : Column.plain(own).equals(Column.plain(title))) {
        found.add(i);
      }
    }
    return found;
  }

  /** What the column is called in the ledger. */
  String title(Column column) {
    return titles.get(positions.get(column));
  }

  /** The column's cell in a line; empty if the ledger has no such column. */
  Table.Cell cell(Table.Line line, Column column) {
    return Optional.ofNullable(positions.get(column)).map(line::cell).orElse(Table.Cell.EMPTY);
  }
}
