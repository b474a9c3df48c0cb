package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.util.List;

/**
 * Cells of a ledger as text, in any format.
 *
 * @param where the file, and the sheet if there is one, for messages
 * @param lines in the order of the file; those that hold nothing may be left out
 * @param padded whether a line may have fewer cells than the header, or notes to the right of it
 * @param ended whether the end of the file is certain
 */
record Table(String where, List<Line> lines, boolean padded, boolean ended) {

  /**
   * One row.
   *
   * @param number as the spreadsheet program shows it, from 1; for CSV the line in the file
   */
  record Line(int number, List<Cell> cells) {

    Cell cell(int column) {
      return column < cells.size() ? cells.get(column) : Cell.EMPTY;
    }

    boolean isBlank() {
      return cells.stream().allMatch(Cell::isBlank);
    }
  }

  /**
   * One cell.
   *
   * @param text without white space around it
   * @param wrong what is wrong with the text; empty if nothing is
   */
  record Cell(String text, String wrong) {

    static final Cell EMPTY = new Cell("", "");

    static Cell of(String text) {
      return new Cell(text.replace('\u00a0', ' ').strip(), "");
    }

    boolean isBlank() {
      return text.isEmpty() && wrong.isEmpty();
    }
  }

  /**
   * Parses a file.
   *
   * @throws InventoryException {@code UNAVAILABLE} if it is not whole; {@code MISCONFIGURED} if it
   *     is something else than the settings say
   */
  static Table read(byte[] bytes, LedgerSettings settings) throws InventoryException {
    if (bytes.length > LedgerSettings.MAX_BYTES) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          settings.file() + " is longer than 16 MiB",
          "keep the machines in a file of their own");
    }
    if (bytes.length == 0) {
      throw new InventoryException(
          Failure.UNAVAILABLE, settings.file() + " is empty", "save the ledger again");
    }
    return settings.workbook()
        ? XlsxTable.read(bytes, settings.file(), settings.sheet())
        : CsvTable.read(bytes, settings.file(), settings.encoding(), settings.separator());
  }
}
