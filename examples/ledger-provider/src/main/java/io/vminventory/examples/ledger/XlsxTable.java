package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Parser of one sheet of an XLSX workbook. */
final class XlsxTable {

  private static final int MAX_ROWS = 100_000;
  private static final int MAX_COLUMNS = 256;

  private XlsxTable() {}

  static Table read(byte[] bytes, Path file, Optional<String> name) throws InventoryException {
    WholeZip.check(bytes, file);
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
      Sheet sheet = sheet(workbook, file, name);
      String where = file + ", sheet '" + sheet.getName() + "'";
      try (Stream<Row> rows = sheet.openStream()) {
        List<Table.Line> lines = rows.limit(MAX_ROWS + 1L).map(XlsxTable::line).toList();
        if (lines.size() > MAX_ROWS) {
          throw new InventoryException(
              Failure.MISCONFIGURED,
              where + " has more than " + MAX_ROWS + " rows",
              "delete those below the table");
        }
        return new Table(where, lines, true, true);
      }
    } catch (IOException e) {
      throw new InventoryException(
          Failure.UNAVAILABLE, file + " is not whole (" + e + ")", "save it again", e);
    } catch (RuntimeException e) {
      // The library reports a file that is not a workbook by any unchecked exception.
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + " is not a workbook that can be read (" + e + ")",
          "save it again as .xlsx",
          e);
    }
  }

  private static Sheet sheet(ReadableWorkbook workbook, Path file, Optional<String> name)
      throws InventoryException {
    if (name.isEmpty()) {
      return workbook.getFirstSheet();
    }
    Optional<Sheet> sheet = workbook.findSheet(name.get());
    if (sheet.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + " has no sheet '" + name.get() + "'",
          "correct the setting sheet; there are: "
              + workbook.getSheets().map(Sheet::getName).collect(Collectors.joining(", ")));
    }
    return sheet.get();
  }

  private static Table.Line line(Row row) {
    List<Table.Cell> cells = new ArrayList<>();
    int count = Math.min(row.getCellCount(), MAX_COLUMNS);
    for (int column = 0; column < count; column++) {
      cells.add(cell(row.getCell(column)));
    }
    return new Table.Line(row.getRowNum(), List.copyOf(cells));
  }

  private static Table.Cell cell(org.dhatim.fastexcel.reader.@Nullable Cell cell) {
    if (cell == null || cell.getType() == CellType.EMPTY) {
      return Table.Cell.EMPTY;
    }
    String raw = cell.getRawValue() == null ? "" : cell.getRawValue();
    boolean computed = cell.getType() == CellType.FORMULA;
    if (cell.getType() == CellType.ERROR || computed && raw.matches("#[A-Z0-9/]+[!?A]")) {
      return new Table.Cell(raw, "is an error of the spreadsheet; correct its formula");
    }
    if (computed && raw.isEmpty() && cell.getFormula() != null) {
      return new Table.Cell(
          cell.getFormula(),
          "is a formula without a saved value; save the file in a spreadsheet program");
    }
    if (cell.getType() == CellType.BOOLEAN) {
      return Table.Cell.of(raw.equals("1") ? "TRUE" : "FALSE");
    }
    return Table.Cell.of(
        cell.getValue() instanceof BigDecimal number
            ? number.stripTrailingZeros().toPlainString()
            : cell.getText());
  }
}
