package io.vminventory.testkit.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Age of a time as kubectl prints it, such as {@code 47s} or {@code 3h12m}. */
final class Age {

  private Age() {}

  /** The age of a time in RFC 3339; {@code <invalid>} if it is not one. */
  static String since(String time, Instant now) {
    try {
      return print(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeParseException e) {
      return "<invalid>";
    }
  }

  /** Two units at most, and the second only where the first is small. */
  static String print(Duration age) {
    long seconds = age.toSeconds();
    long minutes = age.toMinutes();
    long hours = age.toHours();
    long days = age.toDays();
    if (seconds < -1) {
      return "<invalid>";
    } else if (seconds < 0) {
      return "0s";
    } else if (seconds < 120) {
      return seconds + "s";
    } else if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    } else if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    } else if (hours < 48) {
      return hours + "h";
    } else if (days < 8) {
      return two(days, "d", hours % 24, "h");
    } else if (days < 730) {
      return days + "d";
    } else if (days < 8 * 365) {
      return two(days / 365, "y", days % 365, "d");
    }
    return days / 365 + "y";
  }

  private static String two(long first, String unit, long second, String secondUnit) {
    return second == 0 ? first + unit : first + unit + second + secondUnit;
  }
}
