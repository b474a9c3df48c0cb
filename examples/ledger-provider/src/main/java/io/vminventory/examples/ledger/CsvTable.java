package io.vminventory.examples.ledger;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parser of CSV files (RFC 4180, any line ends). */
final class CsvTable {

  private CsvTable() {}

  static Table read(byte[] bytes, Path file, Charset encoding, Optional<Character> separator)
      throws InventoryException {
    String text = text(bytes, file, encoding);
    if (text.indexOf('\0') >= 0) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          file + " has holes, as a file that was not saved to its end",
          "save it again as CSV");
    }
    if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + ": a quotation mark is not closed, or the end is missing",
          "write a mark within a cell as \"\", and the cell between marks");
    }
    List<Table.Line> lines = new ArrayList<>();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .fieldSeparator(separator.orElseGet(() -> guess(text)))
            .skipEmptyLines(true)
            .ofCsvRecord(text)) {
      for (CsvRecord line : records) {
        lines.add(
            new Table.Line(
                (int) line.getStartingLineNumber(),
                line.getFields().stream().map(Table.Cell::of).toList()));
      }
    } catch (CsvParseException | UncheckedIOException | IOException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + " is not CSV (" + e.getMessage() + ")",
          "save it again as CSV",
          e);
    }
    return new Table(file.toString(), lines, false, text.endsWith("\n") || text.endsWith("\r"));
  }

  private static String text(byte[] bytes, Path file, Charset encoding) throws InventoryException {
    try {
      String text = encoding.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + " is not a text in " + encoding,
          "set encoding, for example to windows-1252, or save the file as UTF-8",
          e);
    }
  }

  /** Comma, semicolon or tab: whichever is most frequent in the first line that has any. */
  private static char guess(String text) {
    return text.lines()
        .filter(line -> count(line, best(line)) > 0)
        .findFirst()
        .map(CsvTable::best)
        .orElse(',');
  }

  private static char best(String line) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(line, candidate) > count(line, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char wanted) {
    return line.chars().filter(c -> c == wanted).count();
  }
}
