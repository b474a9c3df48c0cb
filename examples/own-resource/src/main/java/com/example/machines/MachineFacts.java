package com.example.machines;

import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a record tells of its machine. A fact that does not exist, or that the account may not read,
 * is {@code null} or empty.
 *
 * @param ip the primary address first
 * @param updateDate when the others last changed
 */
record MachineFacts(
    String vmname,
    String powerState,
    Integer numCpu,
    Integer memoryMB,
    List<String> ip,
    Instant updateDate) {

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_IP = 64;
  private static final int MOST_IPS = 16;

  /** Control and formatting characters, lone surrogates, line and paragraph separators. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  MachineFacts {
    ip = ip == null ? List.of() : List.copyOf(ip);
  }

  /** The facts of a machine, within the bounds of the definition. */
  static MachineFacts of(VirtualMachine machine, Instant now) {
    return new MachineFacts(
        text(machine.name(), LONGEST_NAME),
        machine.powerState().map(PowerState::toString).orElse(null),
        number(machine.numCpu()),
        number(machine.memoryMB()),
        ips(machine.ips()),
        now);
  }

  /** The primary first, the others sorted: a guest that tells them in another order is the same. */
  private static List<String> ips(List<String> told) {
    return Stream.concat(told.stream().limit(1), told.stream().skip(1).sorted())
        .map(ip -> text(ip, LONGEST_IP))
        .distinct()
        .limit(MOST_IPS)
        .toList();
  }

  /** Cut to the bound of the definition; no character of it can control a terminal. */
  private static String text(String text, int maxLength) {
    String plain = UNPRINTABLE.matcher(text).replaceAll("?");
    int length = Math.min(maxLength, plain.codePointCount(0, plain.length()));
    return plain.substring(0, plain.offsetByCodePoints(0, length));
  }

  private static Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
