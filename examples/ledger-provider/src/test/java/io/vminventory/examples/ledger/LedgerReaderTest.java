package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class LedgerReaderTest {

  private static final LedgerSettings SETTINGS = TestSettings.file(Path.of("machines.xlsx"));

  /** Table of rows whose cells are separated by bars. */
  private static Table table(boolean padded, String... rows) {
    List<Table.Line> lines = new ArrayList<>();
    for (String row : rows) {
      lines.add(
          new Table.Line(
              lines.size() + 1, Arrays.stream(row.split("\\|", -1)).map(Table.Cell::of).toList()));
    }
    return new Table("the ledger", lines, padded, true);
  }

  private static Inventory seenByAnn(String... rows) throws InventoryException {
    return LedgerReader.read(table(true, rows), SETTINGS).seenBy("ann");
  }

  private static String refusal(Table table, LedgerSettings settings) {
    InventoryException thrown =
        catchThrowableOfType(InventoryException.class, () -> LedgerReader.read(table, settings));
    assertThat(thrown.failure()).isEqualTo(Failure.MISCONFIGURED);
    return thrown.getMessage();
  }

  private static String refusal(String... rows) {
    return refusal(table(true, rows), SETTINGS);
  }

  @Test
  void realisticLedgerIsRead() throws InventoryException {
    Inventory inventory =
        seenByAnn(
            "Machines of 2026||||",
            "",
            " VM-Name | Cost centre |vCPU|RAM (GB)|Power State|IP address|OS|Host|Owner",
            "web 1 |4711| 2 |4|on|10.0.0.5, 10.0.0.6|Debian 13|esx-1|ann",
            "||||||||",
            "db-1|4712|8|16 GB|off|10.0.0.7|-|esx-2|bob; ann",
            "hidden|4712|8|16 GB|off||-|esx-2|bob");

    assertThat(inventory.machines().stream().map(VirtualMachine::name))
        .containsExactlyInAnyOrder("web 1", "db-1");
    VirtualMachine web = inventory.find(new VirtualMachineId("ledger/default/web+1")).orElseThrow();
    assertThat(web.numCpu()).hasValue(2);
    assertThat(web.memoryMB()).hasValue(4096);
    assertThat(web.powerState().orElseThrow()).hasToString("poweredOn");
    assertThat(web.ips()).containsExactly("10.0.0.5", "10.0.0.6");
    assertThat(web.guestOS()).contains("Debian 13");
    assertThat(web.host()).contains("esx-1");
    VirtualMachine db = inventory.find(new VirtualMachineId("ledger/default/db-1")).orElseThrow();
    assertThat(db.guestOS()).isEmpty();
    assertThat(db.ips()).as("of a machine that is off").isEmpty();
  }

  @Test
  void allInvalidCellsAreReportedWithRowColumnAndValue() {
    assertThat(
            refusal(
                "Name|CPU|Memory|Account",
                "a|2|2o48|ann",
                "b|two|2 GB|ann",
                "|2|2 GB|ann",
                "d|2|2 GB|"))
        .contains(
            "the ledger; row 2, column Memory: '2o48' is not an amount of memory",
            "row 3, column CPU: 'two' is not a number of CPUs",
            "row 4, column Name: '' is empty",
            "row 5, column Account: '' is empty");
  }

  @Test
  void listOfInvalidRowsIsLimited() {
    String[] rows =
        IntStream.range(0, 500)
            .mapToObj(i -> i == 0 ? "Name|CPU|Account" : "m" + i + "|many|ann")
            .toArray(String[]::new);

    assertThat(refusal(rows)).contains("row 2,", "; and 479 more").hasSizeLessThan(3000);
  }

  @Test
  void duplicateNameIsRefusedWithBothRows() {
    assertThat(refusal("Name|Account", "a|ann", "b|ann", "a|bob"))
        .contains("row 4, column Name: 'a' is also in row 2");
  }

  @Test
  void idsStayTheSameWhenAMachineIsRenamed() throws InventoryException {
    Inventory before = seenByAnn("Id|Name|Account", "17|a|ann", "18|a|ann");
    Inventory after = seenByAnn("Id|Name|Account", "17|renamed|ann", "18|a|ann");

    assertThat(after.changesSince(before)).hasSize(1);
    assertThat(after.find(new VirtualMachineId("ledger/default/17")))
        .map(VirtualMachine::name)
        .contains("renamed");
  }

  @Test
  void rowWithoutIdIsRefused() {
    assertThat(refusal("Id|Name|Account", "|a|ann")).contains("row 2, column Id: '' is empty");
  }

  @Test
  void ledgerWithoutMachinesIsRefused() {
    assertThat(refusal("Name|Account", "|")).contains("no machine below its header");
  }

  @Test
  void ledgerWithoutHeaderIsRefusedWithItsFirstRow() {
    assertThat(refusal("Foo|Bar", "a|ann"))
        .contains("no header with the column Name", "'Foo', 'Bar'");
  }

  @Test
  void twoColumnsForOneFactAreRefused() {
    assertThat(refusal("Name|RAM|Memory (GB)|Account", "a|2048|2|ann"))
        .contains("RAM and Memory (GB) are both memory");
  }

  @Test
  void settingSelectsOneOfTwoColumns() throws InventoryException {
    Ledger ledger =
        LedgerReader.read(
            table(true, "Name|RAM|Memory (GB)|Kunde", "a|2048|3|ann"),
            TestSettings.columns(Map.of(Column.MEMORY, "memory (gb)", Column.ACCOUNT, "Kunde")));

    assertThat(ledger.seenBy("ann").machines())
        .singleElement()
        .satisfies(machine -> assertThat(machine.memoryMB()).hasValue(3072));
  }

  @Test
  void settingWithAnUnknownColumnIsRefused() {
    assertThat(
            refusal(
                table(true, "Name|Account", "a|ann"),
                TestSettings.columns(Map.of(Column.MEMORY, "Speicher"))))
        .contains("there is no column 'Speicher' for memory");
  }

  @Test
  void allMachinesAreVisibleToAllOnlyIfASettingSaysSo() throws InventoryException {
    assertThat(refusal("Name", "a")).contains("no column says which account", "visible-to-all");
    assertThat(
            LedgerReader.read(table(true, "Name", "a"), TestSettings.visibleToAll())
                .seenBy("ann")
                .size())
        .isOne();
  }

  @Test
  void secondHeaderRowIsNotReadAsAMachine() {
    assertThat(refusal("Name|Hardware||Account", "|CPU|RAM|", "a|2|2048|ann"))
        .contains("row 2, column Name: '' is empty");
  }

  @Test
  void csvRowWithMissingOrExtraCellsIsRefused() {
    assertThat(refusal(table(false, "Name|CPU|Account", "a|2|ann", "b|2"), SETTINGS))
        .contains("row 3 has 2 cells and the header 3");
    assertThat(refusal(table(false, "Name|CPU|Account", "a|2|ann|bob"), SETTINGS))
        .contains("row 2 has 4 cells and the header 3");
  }
}
