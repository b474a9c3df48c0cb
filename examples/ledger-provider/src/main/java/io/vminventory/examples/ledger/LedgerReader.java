package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reader of a table's rows as machines. A row that cannot be understood fails the whole read, since
 * a machine must not be lost because of a typing error.
 */
final class LedgerReader {

  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_VALUE_LENGTH = 40;
  private static final int MAX_ID_LENGTH = 253;

  private final Table table;
  private final LedgerSettings settings;
  private final Header header;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> rows = new HashMap<>();

  private LedgerReader(Table table, LedgerSettings settings, Header header) {
    this.table = table;
    this.settings = settings;
    this.header = header;
  }

  /**
   * @throws InventoryException with all rows that are wrong, the first twenty in full
   */
  static Ledger read(Table table, LedgerSettings settings) throws InventoryException {
    return new LedgerReader(table, settings, Header.find(table, settings)).ledger();
  }

  private Ledger ledger() throws InventoryException {
    List<Ledger.Entry> entries = new ArrayList<>();
    for (Table.Line line : table.lines().subList(header.line() + 1, table.lines().size())) {
      if (!line.isBlank()) {
        Ledger.@Nullable Entry entry = entry(line);
        if (entry != null) {
          entries.add(entry);
        }
      }
    }
    if (!problems.isEmpty()) {
      int more = problems.size() - MAX_PROBLEMS;
      throw new InventoryException(
          Failure.MISCONFIGURED,
          table.where()
              + "; "
              + String.join("; ", problems.subList(0, Math.min(MAX_PROBLEMS, problems.size())))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
    if (entries.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          table.where()
              + " has no machine below its header; a ledger without any is not believed,"
              + " so write one, or delete the Tenants");
    }
    return Ledger.of(entries, settings.visibleToAll());
  }

  /** The machine of a row, or {@code null} and a problem noted. */
  private Ledger.@Nullable Entry entry(Table.Line line) {
    int before = problems.size();
    if (!table.padded() && misses(line)) {
      return null;
    }
    String name = text(line, Column.NAME);
    if (name.isEmpty() && problems.size() == before) {
      problem(line, Column.NAME, "is empty; write the machine's name, or clear the whole row");
    }
    Set<String> accounts = accounts(line);
    CellValues values = new CellValues((column, wrong) -> problem(line, column, wrong));
    PowerState power = values.powerState(text(line, Column.POWER_STATE));
    Integer cpus = values.cpus(text(line, Column.CPUS));
    Integer memory =
        values.memoryMB(text(line, Column.MEMORY), has(Column.MEMORY) ? title(Column.MEMORY) : "");
    List<String> ips = values.addresses(text(line, Column.IPS));
    String id = id(line, name);
    if (problems.size() > before) {
      return null;
    }
    return new Ledger.Entry(
        VirtualMachine.builder(new VirtualMachineId(id), name)
            .powerState(power)
            .numCpu(cpus)
            .memoryMB(memory)
            .ips(power == PowerState.POWERED_OFF ? List.of() : ips)
            .guestHostName(orNull(line, Column.GUEST_HOST_NAME))
            .guestOS(orNull(line, Column.GUEST_OS))
            .host(orNull(line, Column.HOST))
            .cluster(orNull(line, Column.CLUSTER))
            .datacenter(orNull(line, Column.DATACENTER))
            .folder(orNull(line, Column.FOLDER))
            .build(),
        accounts);
  }

  /** Whether a row of a CSV file has another number of cells than the header. */
  private boolean misses(Table.Line line) {
    boolean more =
        line.cells().size() > header.width()
            && line.cells().subList(header.width(), line.cells().size()).stream()
                .anyMatch(cell -> !cell.isBlank());
    if (line.cells().size() >= header.width() && !more) {
      return false;
    }
    problems.add(
        "row "
            + line.number()
            + " has "
            + line.cells().size()
            + " cells and the header "
            + header.width()
            + ", correct its separators and quotation marks");
    return true;
  }

  /** The ledger's own key if it has one, else the name; noted, so that it is not there twice. */
  private String id(Table.Line line, String name) {
    Column column = has(Column.ID) ? Column.ID : Column.NAME;
    String key = has(Column.ID) ? text(line, Column.ID) : name;
    if (key.isEmpty()) {
      if (column == Column.ID) {
        problem(line, column, "is empty; give the machine an id that nothing else has");
      }
      return "";
    }
    Integer other = rows.putIfAbsent(key, line.number());
    if (other != null) {
      problem(line, column, "is also in row " + other + "; delete one of them, or rename it");
    }
    String id = "ledger/" + encoded(settings.server()) + "/" + encoded(key);
    if (id.length() > MAX_ID_LENGTH) {
      problem(line, column, "is too long; shorten it");
    }
    return id;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Set<String> accounts(Table.Line line) {
    Set<String> accounts = new LinkedHashSet<>();
    if (!settings.visibleToAll()) {
      for (String account : text(line, Column.ACCOUNT).split("[,;\\n]", -1)) {
        if (!account.isBlank()) {
          accounts.add(account.strip());
        }
      }
      if (accounts.isEmpty() && header.cell(line, Column.ACCOUNT).wrong().isEmpty()) {
        problem(line, Column.ACCOUNT, "is empty; write the account that sees the machine");
      }
    }
    return accounts;
  }

  private @Nullable String orNull(Table.Line line, Column column) {
    String text = text(line, column);
    return CellValues.isBlank(text) ? null : text;
  }

  private boolean has(Column column) {
    return header.positions().containsKey(column);
  }

  private String title(Column column) {
    return header.title(column);
  }

  /** The text of a cell; empty, and a problem noted, if the cell is wrong. */
  private String text(Table.Line line, Column column) {
    Table.Cell cell = header.cell(line, column);
    if (!cell.wrong().isEmpty()) {
      problem(line, column, cell.wrong());
      return "";
    }
    return cell.text();
  }

  /** The remedy stands behind a semicolon; within the list it becomes a comma. */
  private void problem(Table.Line line, Column column, String wrong) {
    String value = brief(header.cell(line, column).text());
    problems.add(
        "row "
            + line.number()
            + ", column "
            + title(column)
            + ": '"
            + value
            + "' "
            + wrong.replace("; ", ", "));
  }

  static String brief(String value) {
    return value.length() <= MAX_VALUE_LENGTH
        ? value
        : value.substring(0, MAX_VALUE_LENGTH) + "...";
  }
}
