package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Accounts that may read a ledger, of a file as {@code htpasswd -B} writes it. */
final class Accounts {

  /** A higher cost takes more than a second for each login. */
  private static final Pattern LINE =
      Pattern.compile("([^:]+):(\\$2[aby]\\$(?:0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53})");

  /**
   * Of no account: it makes the login of an unknown account take as long as that of a known one.
   */
  private static final String NO_ACCOUNT =
      "$2y$10$abcdefghijklmnopqrstuuJ8rYS1nqZrJ0G1Yw0Qm1YQm0z1mZ5lK";

  private final Path file;
  private final Map<String, String> hashes;

  private Accounts(Path file, Map<String, String> hashes) {
    this.file = file;
    this.hashes = Map.copyOf(hashes);
  }

  /**
   * @throws InventoryException {@code UNAVAILABLE} if the file cannot be read; {@code
   *     MISCONFIGURED} with all lines that are wrong, but not with what is in them
   */
  static Accounts read(Path file) throws InventoryException {
    Map<String, String> hashes = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      Matcher account = LINE.matcher(line.strip());
      if (!account.matches()) {
        problems.add("line " + number + " is not an account with a bcrypt hash");
      } else if (hashes.putIfAbsent(account.group(1), account.group(2)) != null) {
        problems.add("line " + number + " has an account that was there before");
      }
    }
    if (!problems.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          file + ": " + String.join(", ", problems),
          "write the file by htpasswd -B");
    }
    return new Accounts(file, hashes);
  }

  private static List<String> lines(Path file) throws InventoryException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          "the accounts " + file + " cannot be read: " + e,
          "check the file's permissions and its share",
          e);
    }
  }

  /**
   * @throws InventoryException {@code DENIED} if the account is not there or the password is wrong;
   *     it does not say which
   */
  void check(String username, Secret password) throws InventoryException {
    String hash = hashes.getOrDefault(username, NO_ACCOUNT);
    if (!BCrypt.checkpw(password.reveal(), hash) || !hashes.containsKey(username)) {
      throw new InventoryException(
          Failure.DENIED,
          file + " has no account '" + username + "' with this password",
          "correct the Secret, or set the password by htpasswd -B");
    }
  }
}
