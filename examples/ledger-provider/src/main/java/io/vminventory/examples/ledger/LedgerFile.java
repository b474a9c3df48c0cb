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
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watcher of the file that remembers the last ledger that it accepted. Thread-safe; shared by all
 * sessions, so that a change is read once for all of them.
 *
 * <p>It polls, since a network share reports no changes that another machine makes.
 */
final class LedgerFile {

  /**
   * The time stamps of some file systems are as coarse as two seconds: for so long after a change,
   * what is in the file is compared, too.
   */
  private static final Duration RECENT = Duration.ofSeconds(3);

  private final LedgerSettings settings;
  private final InstantSource clock;
  private final Settling settling;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Observation observation;
  private @Nullable Stamp stamp;
  private Instant since = Instant.EPOCH;
  private Instant stable = Instant.EPOCH;
  private Instant checked = Instant.EPOCH;
  private Verdict verdict = new Verdict.Unsettled();
  private Optional<Ledger> accepted = Optional.empty();

  LedgerFile(LedgerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.settling = new Settling(settings.poll(), settings.settle());
  }

  private record Stamp(long size, FileTime modified, @Nullable Object file) {}

  /**
   * Checks the file, unless it was checked just now.
   *
   * @param thorough checks in any case, and reads the file even if its stamp is the same
   */
  Verdict check(boolean thorough) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Instant now = clock.instant();
      Duration ago = Duration.between(checked, now);
      if (thorough || ago.isNegative() || ago.compareTo(settings.poll().dividedBy(2)) >= 0) {
        if (ago.compareTo(settings.settle()) > 0) {
          stable = now; // Not checked for a while: nothing is known of the time in between.
        }
        checked = now;
        verdict = decide(thorough, now);
      }
      return verdict;
    } finally {
      lock.unlock();
    }
  }

  private Verdict decide(boolean thorough, Instant now) {
    Observation last = observation;
    Observation current = observe(thorough || now.isBefore(since.plus(RECENT)));
    if (last == null) {
      since = stamp == null ? now : earlier(stamp.modified().toInstant(), now);
    } else if (!last.print().equals(current.print())) {
      since = now;
    }
    observation = current;
    Verdict decision = settling.decide(accepted, current, since, stable, now);
    if (decision instanceof Verdict.Settled settled) {
      accepted = Optional.of(settled.ledger());
    }
    if (!(decision instanceof Verdict.Unsettled)) {
      stable = now;
    }
    return decision;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private Observation observe(boolean into) {
    Path file = settings.file();
    try {
      Stamp before = stamp(file);
      if (!into && observation != null && before.equals(stamp)) {
        return observation;
      }
      byte[] bytes = bytes(file);
      Stamp after = stamp(file);
      if (!before.equals(after)
          || bytes.length != Math.min(after.size(), LedgerSettings.MAX_BYTES + 1)) {
        stamp = null;
        return new Observation(
            new Object(),
            new Observation.Content.Unusable(
                Failure.UNAVAILABLE, file + " is being written", "wait"));
      }
      stamp = after;
      String print = sha256(bytes);
      return observation != null && observation.print().equals(print)
          ? observation
          : new Observation(print, content(bytes));
    } catch (IOException e) {
      stamp = null;
      boolean missing = e instanceof NoSuchFileException;
      String problem = file + (missing ? " does not exist" : " cannot be read: " + e);
      return new Observation(
          problem,
          new Observation.Content.Unusable(
              Failure.UNAVAILABLE,
              problem,
              missing
                  ? "put it back, or correct the setting file"
                  : "check its permissions and its share"));
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(facts.size(), facts.lastModifiedTime(), facts.fileKey());
  }

  /** One byte more than is allowed, at most. */
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LedgerSettings.MAX_BYTES + 1);
    }
  }

  private Observation.Content content(byte[] bytes) {
    try {
      Table table = Table.read(bytes, settings);
      return new Observation.Content.Whole(LedgerReader.read(table, settings), table.ended());
    } catch (InventoryException e) {
      return new Observation.Content.Unusable(e.failure(), e.problem(), e.remedy());
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
