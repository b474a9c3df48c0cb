package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance of a file that is edited, cut off, moved or deleted as on a file share. */
@Tag("pure")
class LedgerFileTest {

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Instant SAVED = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(SAVED.plus(Duration.ofHours(1)));
  private Path path = Path.of("");
  private LedgerFile file = new LedgerFile(TestSettings.file(path), clock);

  @BeforeEach
  void writeLedger() throws IOException, InterruptedException {
    path = folder.resolve("machines.xlsx");
    file = new LedgerFile(TestSettings.file(path), clock);
    Files.write(path, book("a", "b"));
    Files.setLastModifiedTime(path, FileTime.from(SAVED));
    assertThat(names(file.check(true))).as("of an untouched file").containsExactly("a", "b");
  }

  private static byte[] book(String... names) {
    return Spreadsheets.xlsx(
        "Machines",
        Stream.concat(
                Stream.of(List.of("Name", "Account")),
                Arrays.stream(names).map(name -> List.of(name, "ann")))
            .toList());
  }

  private static List<String> names(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Settled.class);
    return ((Verdict.Settled) verdict)
        .ledger().seenBy("ann").machines().stream()
            .map(machine -> machine.name())
            .sorted()
            .toList();
  }

  /** Checks at the usual interval for this long, and returns the last verdict. */
  private Verdict checkFor(Duration time) throws InterruptedException {
    Verdict verdict = new Verdict.Unsettled();
    for (Duration past = Duration.ZERO; past.compareTo(time) <= 0; past = past.plus(POLL)) {
      clock.advance(POLL);
      verdict = file.check(false);
    }
    return verdict;
  }

  @Test
  void editIsAcceptedAtTheSecondCheck() throws Exception {
    Spreadsheets.save(path, book("a", "b", "c"));

    assertThat(checkFor(Duration.ZERO)).isInstanceOf(Verdict.Unsettled.class);
    assertThat(names(checkFor(Duration.ZERO))).containsExactly("a", "b", "c");
  }

  @Test
  void halfSavedFileIsNeverAccepted() throws Exception {
    byte[] bytes = book("a", "b", "c");
    for (int part = 0; part < 4; part++) {
      Files.write(path, Arrays.copyOf(bytes, bytes.length * part / 4));
      assertThat(checkFor(Duration.ofSeconds(1))).isInstanceOf(Verdict.Unsettled.class);
    }
    Files.write(path, bytes);

    assertThat(names(checkFor(POLL))).containsExactly("a", "b", "c");
  }

  @Test
  void fileThatStaysHalfSavedIsUnavailable() throws Exception {
    Files.write(path, Arrays.copyOf(book("a", "b"), 300));

    assertThat(checkFor(Duration.ofSeconds(4)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken)
                    .returns(Failure.UNAVAILABLE, Verdict.Broken::failure)
                    .extracting(Verdict.Broken::problem)
                    .asString()
                    .contains("not whole"));
  }

  @Test
  void briefAbsenceOfTheFileIsIgnored() throws Exception {
    Path elsewhere = folder.resolve("renamed.xlsx");
    Files.move(path, elsewhere);
    assertThat(checkFor(Duration.ofSeconds(1))).isInstanceOf(Verdict.Unsettled.class);
    Files.move(elsewhere, path);

    assertThat(names(checkFor(POLL))).containsExactly("a", "b");
  }

  @Test
  void missingFileIsUnavailable() throws Exception {
    Files.delete(path);

    assertThat(checkFor(Duration.ofSeconds(4)))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken ->
                assertThat(broken)
                    .returns(Failure.UNAVAILABLE, Verdict.Broken::failure)
                    .extracting(Verdict.Broken::problem)
                    .asString()
                    .contains("does not exist"));
  }

  @Test
  void lockFilesOfOfficeProgramsAreIgnored() throws Exception {
    Files.writeString(folder.resolve("~$machines.xlsx"), "ann");
    Files.writeString(folder.resolve(".~lock.machines.xlsx#"), "ann");

    assertThat(names(checkFor(POLL))).containsExactly("a", "b");
  }

  @Test
  void removedRowIsAcceptedAfterTheSettleTime() throws Exception {
    Spreadsheets.save(path, book("a"));

    assertThat(checkFor(Duration.ofMillis(2500))).isInstanceOf(Verdict.Unsettled.class);
    assertThat(names(checkFor(Duration.ofSeconds(1)))).containsExactly("a");
  }

  @Test
  void changeWithTheSameSizeAndTimeStampIsFound() throws Exception {
    path = folder.resolve("machines.csv");
    file = new LedgerFile(TestSettings.file(path), clock);
    Files.writeString(path, "Name,Account\na,ann\n");
    FileTime time = Files.getLastModifiedTime(path);
    assertThat(names(checkFor(POLL))).containsExactly("a");
    Files.writeString(path, "Name,Account\nb,ann\n");
    Files.setLastModifiedTime(path, time);

    assertThat(names(checkFor(Duration.ofSeconds(4)))).containsExactly("b");
  }

  @Test
  void unchangedFileIsNotParsedAgain() throws Exception {
    Verdict before = checkFor(Duration.ofSeconds(4));
    Verdict after = checkFor(Duration.ofSeconds(4));

    assertThat(((Verdict.Settled) after).ledger()).isSameAs(((Verdict.Settled) before).ledger());
  }
}
