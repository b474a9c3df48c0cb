package io.vminventory.examples.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Spreadsheet files for tests. */
final class Spreadsheets {

  private Spreadsheets() {}

  /** Workbook with one sheet of these cells; numbers become numeric cells. */
  static byte[] xlsx(String sheet, List<? extends List<?>> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
      Worksheet cells = workbook.newWorksheet(sheet);
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).size(); column++) {
          Object value = rows.get(row).get(column);
          if (value instanceof Number number) {
            cells.value(row, column, number);
          } else {
            cells.value(row, column, value.toString());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** CSV file with these cells, which must not need quotation marks. */
  static byte[] csv(List<? extends List<?>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<?> row : rows) {
      text.append(String.join(";", row.stream().map(Object::toString).toList())).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Replaces a file by renaming another one, as spreadsheet programs do. */
  static void save(Path file, byte[] bytes) {
    try {
      Path saved = file.resolveSibling("~$" + file.getFileName());
      Files.write(saved, bytes);
      Files.move(saved, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
