package io.vminventory.examples.ledger;

import io.vminventory.api.PowerState;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parser of cells that people wrote. Each method returns {@code null} or an empty list for a cell
 * without a value, and reports what is wrong with one that it does not understand.
 */
final class CellValues {

  private static final Pattern CPUS = Pattern.compile("\\d{1,9}(\\.0+)?");
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*([KMGT]i?B)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern UNIT_OF_HEADER = Pattern.compile(".*(mb|mib|gb|gib|tb|tib)");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

  /** Less than this in MB was rather meant in GB. */
  private static final BigDecimal MIN_MB = BigDecimal.valueOf(64);

  private final BiConsumer<Column, String> wrong;

  CellValues(BiConsumer<Column, String> wrong) {
    this.wrong = wrong;
  }

  /** Whether a cell stands for no value. */
  static boolean isBlank(String text) {
    return text.isEmpty() || text.equals("-") || text.equals("?") || text.equalsIgnoreCase("n/a");
  }

  @Nullable PowerState powerState(String text) {
    if (isBlank(text)) {
      return null;
    }
    switch (Column.plain(text)) {
      case "on", "poweredon", "running", "up" -> {
        return PowerState.POWERED_ON;
      }
      case "off", "poweredoff", "stopped", "down" -> {
        return PowerState.POWERED_OFF;
      }
      case "suspended", "paused" -> {
        return PowerState.SUSPENDED;
      }
      default -> {
        wrong.accept(Column.POWER_STATE, "is not a power state; write on, off or suspended");
        return null;
      }
    }
  }

  @Nullable Integer cpus(String text) {
    if (isBlank(text)) {
      return null;
    }
    Optional<Integer> cpus =
        CPUS.matcher(text).matches() ? whole(new BigDecimal(text)) : Optional.empty();
    if (cpus.isEmpty()) {
      wrong.accept(Column.CPUS, "is not a number of CPUs; write for example 4");
    }
    return cpus.orElse(null);
  }

  /**
   * @param title the header of the column, whose last letters may be a unit; MB if they are not
   */
  @Nullable Integer memoryMB(String text, String title) {
    if (isBlank(text)) {
      return null;
    }
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      wrong.accept(Column.MEMORY, "is not an amount of memory; write 2048 or 2 GB");
      return null;
    }
    Matcher ofHeader = UNIT_OF_HEADER.matcher(Column.plain(title));
    String headers = ofHeader.matches() ? ofHeader.group(1) : "";
    String unit = amount.group(2) == null ? headers : amount.group(2);
    BigDecimal number = new BigDecimal(amount.group(1));
    if (unit.isEmpty() && number.compareTo(MIN_MB) < 0) {
      wrong.accept(
          Column.MEMORY, "would be MB and is too little; write the unit, or name it in the header");
      return null;
    }
    Optional<Integer> memoryMB = whole(number.multiply(factor(unit)));
    if (memoryMB.isEmpty()) {
      wrong.accept(Column.MEMORY, "is not a whole number of MB; write 2048 or 2 GB");
    }
    return memoryMB.orElse(null);
  }

  /** How many MiB. Ledgers mean powers of two, whatever they write. */
  private static BigDecimal factor(String unit) {
    char prefix = unit.isEmpty() ? 'm' : unit.toLowerCase(Locale.ROOT).charAt(0);
    return switch (prefix) {
      case 'k' -> BigDecimal.ONE.divide(BigDecimal.valueOf(1024));
      case 'g' -> BigDecimal.valueOf(1024);
      case 't' -> BigDecimal.valueOf(1024 * 1024);
      default -> BigDecimal.ONE;
    };
  }

  private static Optional<Integer> whole(BigDecimal number) {
    try {
      return Optional.of(number.intValueExact()).filter(value -> value >= 1);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Addresses separated by commas, semicolons or white space. */
  List<String> addresses(String text) {
    List<String> addresses = new ArrayList<>();
    if (isBlank(text)) {
      return addresses;
    }
    for (String word : text.split("[,;\\s]+")) {
      Optional<InetAddress> address = address(word);
      if (address.isEmpty()) {
        wrong.accept(Column.IPS, "is not a list of IP addresses; write for example 10.1.2.3");
        return List.of();
      }
      if (!address.get().isLoopbackAddress() && !address.get().isLinkLocalAddress()) {
        addresses.add(word);
      }
    }
    return addresses;
  }

  /** Never resolves a name: only a text in the form of an address is one. */
  private static Optional<InetAddress> address(String word) {
    if (!IPV4.matcher(word).matches() && !IPV6.matcher(word).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(word));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
