package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class TableTest {

  private static final LedgerSettings XLSX = TestSettings.file(Path.of("machines.xlsx"));
  private static final LedgerSettings CSV = TestSettings.file(Path.of("machines.csv"));

  private static Table csv(String text) throws InventoryException {
    return Table.read(text.getBytes(StandardCharsets.UTF_8), CSV);
  }

  private static List<List<String>> cells(Table table) {
    return table.lines().stream()
        .map(line -> line.cells().stream().map(Table.Cell::text).toList())
        .toList();
  }

  private static InventoryException refusal(byte[] bytes, LedgerSettings settings) {
    return catchThrowableOfType(InventoryException.class, () -> Table.read(bytes, settings));
  }

  @Test
  void separatorIsDetectedFromTheHeader() throws InventoryException {
    List<List<String>> expected = List.of(List.of("Name", "IP"), List.of("a", "1,2"));

    assertThat(cells(csv("Name;IP\na;\"1,2\"\n"))).isEqualTo(expected);
    assertThat(cells(csv("Name\tIP\r\na\t\"1,2\"\r\n"))).isEqualTo(expected);
    assertThat(cells(csv("\ufeffName,IP\n\na,\"1,2\"\n"))).isEqualTo(expected);
  }

  @Test
  void linesAreNumberedAsInAnEditor() throws InventoryException {
    assertThat(csv("Name,Note\n\na,\"two\nlines\"\nb,\n").lines())
        .extracting(Table.Line::number)
        .containsExactly(1, 3, 5);
  }

  @Test
  void textThatStopsWithinALineHasNoCertainEnd() throws InventoryException {
    assertThat(csv("Name\na\n").ended()).isTrue();
    assertThat(csv("Name\na").ended()).isFalse();
  }

  @Test
  void otherEncodingIsRefusedUnlessConfigured() throws InventoryException {
    Charset windows = Charset.forName("windows-1252");
    byte[] bytes = "Name\nMünchen\n".getBytes(windows);

    assertThat(refusal(bytes, CSV)).hasMessageContaining("set encoding");
    assertThat(cells(Table.read(bytes, TestSettings.encoding(windows))))
        .contains(List.of("München"));
  }

  @Test
  void csvWithAnOpenQuotationMarkOrNulBytesIsRefused() {
    assertThat(refusal("Name\n\"a".getBytes(StandardCharsets.UTF_8), CSV))
        .hasMessageContaining("not closed");
    assertThat(refusal("Name\na\n\0\0\0".getBytes(StandardCharsets.UTF_8), CSV))
        .hasMessageContaining("holes");
  }

  @Test
  void numbersOfAWorkbookAreReadAsDisplayed() throws InventoryException {
    byte[] bytes =
        Spreadsheets.xlsx(
            "Machines", List.of(List.of("Name", "CPU"), List.of(1001, 4.0), List.of(" b ", "4")));

    assertThat(cells(Table.read(bytes, XLSX)))
        .containsExactly(List.of("Name", "CPU"), List.of("1001", "4"), List.of("b", "4"));
  }

  @Test
  void formulaWithoutASavedValueIsInvalid() throws IOException, InventoryException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook workbook = new Workbook(bytes, "Test", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Machines");
      sheet.value(0, 0, "Name");
      sheet.formula(1, 0, "CONCATENATE(\"a\",\"b\")");
    }

    assertThat(Table.read(bytes.toByteArray(), XLSX).lines().get(1).cell(0).wrong())
        .contains("without a saved value");
  }

  @Test
  void workbookCutOffAnywhereIsIncomplete() {
    byte[] bytes =
        Spreadsheets.xlsx("Machines", List.of(List.of("Name"), List.of("a"), List.of("b")));

    for (int length = 1; length < bytes.length; length++) {
      assertThat(refusal(Arrays.copyOf(bytes, length), XLSX))
          .as("%d of %d bytes", length, bytes.length)
          .isNotNull()
          .extracting(InventoryException::failure)
          .isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void workbookOfZerosOrWithDamagedBytesIsIncomplete() {
    byte[] bytes = Spreadsheets.xlsx("Machines", List.of(List.of("Name"), List.of("a")));
    assertThat(refusal(new byte[bytes.length], XLSX).failure()).isEqualTo(Failure.UNAVAILABLE);

    Arrays.fill(bytes, 60, 200, (byte) 0);
    assertThat(refusal(bytes, XLSX).failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void emptyFileIsIncomplete() {
    assertThat(refusal(new byte[0], XLSX).failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(refusal(new byte[0], CSV).failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void encryptedWorkbookIsRefusedWithARemedy() {
    byte[] bytes = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0};

    assertThat(refusal(bytes, XLSX))
        .hasMessageContaining("has a password")
        .extracting(InventoryException::failure)
        .isEqualTo(Failure.MISCONFIGURED);
  }

  @Test
  void zipBombIsRefusedBeforeItIsUnpacked() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
    }

    assertThat(refusal(bytes.toByteArray(), XLSX))
        .hasMessageContaining("unpacks to more than 128 MiB");
  }

  /** Workbook with one cell and this document type. */
  private static byte[] workbook(String doctype, String text) throws IOException {
    Map<String, String> parts =
        Map.of(
            "[Content_Types].xml",
            "<Types/>",
            "xl/workbook.xml",
            "<workbook"
                + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet"
                + " name=\"Machines\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
                + "</Relationships>",
            "xl/worksheets/sheet1.xml",
            doctype
                + "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
                + text
                + "</t></is></c></row></sheetData></worksheet>");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void externalEntitiesAreNotResolved(@TempDir Path folder) throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "not yours");
    String doctype = "<!DOCTYPE worksheet [<!ENTITY e SYSTEM \"%s\">]>".formatted(other.toUri());

    assertThat(cells(Table.read(workbook("", "Name"), XLSX))).containsExactly(List.of("Name"));
    assertThat(refusal(workbook(doctype, "Name&e;"), XLSX))
        .isNotNull()
        .hasMessageNotContaining("not yours");
  }

  @Test
  void missingSheetIsRefusedWithTheExistingOnes() {
    byte[] bytes = Spreadsheets.xlsx("Machines", List.of(List.of("Name")));

    assertThat(
            catchThrowableOfType(
                InventoryException.class,
                () -> XlsxTable.read(bytes, Path.of("machines.xlsx"), Optional.of("Servers"))))
        .hasMessageContaining("no sheet 'Servers'")
        .hasMessageContaining("Machines");
  }
}
