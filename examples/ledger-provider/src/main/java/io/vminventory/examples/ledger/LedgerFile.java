package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the file and remembers what was believed last. Thread-safe; shared by all sessions, so
 * that a change is read once for all of them.
 *
 * <p>It polls, since a network share tells nobody of changes that another machine makes.
 */
final class LedgerFile {

  /**
   * The time stamps of some file systems are as coarse as two seconds: for so long after a change,
   * what is in the file is compared, too.
   */
  private static final Duration YOUNG = Duration.ofSeconds(3);

  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Settling settling;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Sight sight;
  private @Nullable Stamp stamp;
  private Instant since = Instant.EPOCH;
  private Instant calm = Instant.EPOCH;
  private Instant looked = Instant.EPOCH;
  private Verdict verdict = new Verdict.Unsettled();
  private Optional<Ledger> believed = Optional.empty();

  LedgerFile(LedgerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.settling = new Settling(settings.poll(), settings.settle());
  }

  private record Stamp(long size, FileTime modified, @Nullable Object file) {}

  /**
   * Looks, unless somebody has just looked.
   *
   * @param thorough looks at any rate, and into the file even if its stamp is the old one
   */
  Verdict look(boolean thorough) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Duration ago = Duration.between(looked, now);
      if (thorough || ago.isNegative() || ago.compareTo(settings.poll().dividedBy(2)) >= 0) {
        if (ago.compareTo(settings.settle()) > 0) {
          calm = now; // Nobody has looked for a while, so nothing is known of the time between.
        }
        looked = now;
        verdict = judged(thorough, now);
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  private Verdict judged(boolean thorough, Instant now) {
    Sight last = sight;
    Sight current = see(thorough || now.isBefore(since.plus(YOUNG)));
    if (last == null) {
      since = stamp == null ? now : earlier(stamp.modified().toInstant(), now);
    } else if (!last.print().equals(current.print())) {
      since = now;
    }
    sight = current;
    Verdict judgement = settling.judge(believed, current, since, calm, now);
    if (judgement instanceof Verdict.Settled settled) {
      believed = Optional.of(settled.ledger());
    }
    if (!(judgement instanceof Verdict.Unsettled)) {
      calm = now;
    }
    return judgement;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private Sight see(boolean into) {
    Path file = settings.file();
    try {
      Stamp before = stamp(file);
      if (!into && sight != null && before.equals(stamp)) {
        return sight;
      }
      byte[] bytes = bytes(file);
      Stamp after = stamp(file);
      if (!before.equals(after)
          || bytes.length != Math.min(after.size(), LedgerSettings.MOST_BYTES + 1)) {
        stamp = null;
        return new Sight(
            new Object(), new Sight.Found.Trouble(Failure.UNAVAILABLE, file + " is being written"));
      }
      stamp = after;
      String print = sha256(bytes);
      return sight != null && sight.print().equals(print) ? sight : new Sight(print, found(bytes));
    } catch (IOException e) {
      stamp = null;
      String message =
          e instanceof NoSuchFileException
              ? file + " is not there; put it back, or correct the setting file"
              : file + " cannot be read: " + e + "; look at its permissions and its share";
      return new Sight(message, new Sight.Found.Trouble(Failure.UNAVAILABLE, message));
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(facts.size(), facts.lastModifiedTime(), facts.fileKey());
  }

  /** One byte more than is allowed, at most. */
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LedgerSettings.MOST_BYTES + 1);
    }
  }

  private Sight.Found found(byte[] bytes) {
    try {
      Table table = Table.read(bytes, settings);
      return new Sight.Found.Whole(LedgerReader.read(table, settings), table.ended());
    } catch (InventoryException e) {
      return new Sight.Found.Trouble(e.failure(), Objects.toString(e.getMessage(), ""));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ledger " + settings.file();
  }
}
