package io.vminventory.examples.ledger;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings of one ledger.
 *
 * @param server the name of the server in the operator's configuration
 * @param file the ledger
 * @param workbook whether it is XLSX; otherwise it is CSV
 * @param accounts the file with the accounts' password hashes
 * @param sheet the name of the sheet; the first one if empty
 * @param encoding of a CSV file
 * @param separator of a CSV file; found from its header if empty
 * @param columns the headers of columns whose names are not the usual ones
 * @param visibleToAll whether every account sees every machine
 * @param poll the time between two checks of the file
 * @param settle how long a doubtful file has to stay the same
 */
record LedgerSettings(
    String server,
    Path file,
    boolean workbook,
    Path accounts,
    Optional<String> sheet,
    Charset encoding,
    Optional<Character> separator,
    Map<Column, String> columns,
    boolean visibleToAll,
    Duration poll,
    Duration settle) {

  /** The longest ledger; 20,000 machines come to 1 MiB as XLSX and to 2 as CSV. */
  static final int MAX_BYTES = 16 << 20;

  static LedgerSettings read(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    Path file = path(reader, "file");
    String name = file.toString().toLowerCase(Locale.ROOT);
    boolean workbook = name.endsWith(".xlsx");
    if (!name.isEmpty() && !workbook && !name.endsWith(".csv")) {
      reader.problem("file", file.toString(), "is neither .csv nor .xlsx; save it as one of them");
    }
    LedgerSettings read =
        new LedgerSettings(
            settings.server(),
            file,
            workbook,
            path(reader, "accounts"),
            reader.text("sheet"),
            encoding(reader),
            separator(reader),
            columns(reader),
            reader.flag("visible-to-all", false),
            reader.duration(
                "poll", Duration.ofMillis(250), Duration.ofMillis(50), Duration.ofSeconds(1)),
            reader.duration(
                "settle", Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMinutes(1)));
    for (String other : workbook ? List.of("encoding", "separator") : List.of("sheet")) {
      String value = settings.values().getOrDefault(other, "");
      if (!value.isBlank() && (workbook || name.endsWith(".csv"))) {
        reader.problem(other, value, "does not go with " + file.getFileName() + "; leave it out");
      }
    }
    if (!read.accounts().toString().isEmpty()) {
      try {
        Accounts.read(read.accounts());
      } catch (InventoryException e) {
        reader.problem("accounts", read.accounts().toString(), "cannot be used: " + e.getMessage());
      }
    }
    reader.finish();
    return read;
  }

  private static Path path(ProviderSettings.Reader reader, String name) {
    String text = reader.required(name);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      reader.problem(name, text, "is not a path: " + e.getReason());
      return Path.of("");
    }
  }

  private static Charset encoding(ProviderSettings.Reader reader) {
    String text = reader.text("encoding").orElse("UTF-8");
    try {
      return Charset.forName(text);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      reader.problem("encoding", text, "is not known; write for example UTF-8 or windows-1252");
      return StandardCharsets.UTF_8;
    }
  }

  private static Optional<Character> separator(ProviderSettings.Reader reader) {
    Optional<String> text = reader.text("separator");
    if (text.isPresent()
        && !text.get().equals("tab")
        && (text.get().length() != 1 || text.get().equals("\""))) {
      reader.problem("separator", text.get(), "is not one character, nor the word tab");
      return Optional.empty();
    }
    return text.map(given -> given.equals("tab") ? '\t' : given.charAt(0));
  }

  /** Such as {@code name=Bezeichnung, memory=RAM (GB)}. */
  private static Map<Column, String> columns(ProviderSettings.Reader reader) {
    Map<Column, String> columns = new EnumMap<>(Column.class);
    Optional<String> text = reader.text("columns");
    if (text.isEmpty()) {
      return columns;
    }
    for (String part : text.get().split(",", -1)) {
      String[] sides = part.split("=", 2);
      Optional<Column> column = Column.of(sides[0].strip());
      if (sides.length < 2 || sides[1].isBlank()) {
        reader.problem("columns", part.strip(), "is not of the form name=Header");
      } else if (column.isEmpty()) {
        reader.problem(
            "columns",
            sides[0].strip(),
            "is not known; there are: "
                + Arrays.stream(Column.values())
                    .map(Column::toString)
                    .collect(Collectors.joining(", ")));
      } else if (columns.put(column.get(), sides[1].strip()) != null) {
        reader.problem("columns", column.get().toString(), "is there twice");
      }
    }
    return columns;
  }
}
