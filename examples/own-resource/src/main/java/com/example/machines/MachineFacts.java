package com.example.machines;

import io.vminventory.api.Fact;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Facts in a record. A fact that does not exist, or that the account may not read, is {@code null}
 * or empty.
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

  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_IP_LENGTH = 64;
  private static final int MAX_IPS = 16;

  /** Control and formatting characters, lone surrogates, line and paragraph separators. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  MachineFacts {
    ip = ip == null ? List.of() : List.copyOf(ip);
  }

  /**
   * The facts of a machine, within the bounds of the definition.
   *
   * @param before the facts of its record, which unknown facts keep; {@code null} for a new record
   */
  static MachineFacts of(VirtualMachine machine, MachineFacts before, Instant now) {
    MachineFacts after = of(machine, now);
    if (before == null || machine.unknown().isEmpty()) {
      return after;
    }
    Set<Fact> unknown = machine.unknown();
    return new MachineFacts(
        (unknown.contains(Fact.NAME) ? before : after).vmname(),
        (unknown.contains(Fact.POWER_STATE) ? before : after).powerState(),
        (unknown.contains(Fact.NUM_CPU) ? before : after).numCpu(),
        (unknown.contains(Fact.MEMORY_MB) ? before : after).memoryMB(),
        (unknown.contains(Fact.IPS) ? before : after).ip(),
        now);
  }

  private static MachineFacts of(VirtualMachine machine, Instant now) {
    return new MachineFacts(
        text(machine.name(), MAX_NAME_LENGTH),
        machine.powerState().map(PowerState::toString).orElse(null),
        number(machine.numCpu()),
        number(machine.memoryMB()),
        ips(machine.ips()),
        now);
  }

  /** The primary first, the others sorted: guests report them in changing order. */
  private static List<String> ips(List<String> reported) {
    return Stream.concat(reported.stream().limit(1), reported.stream().skip(1).sorted())
        .map(ip -> text(ip, MAX_IP_LENGTH))
        .distinct()
        .limit(MAX_IPS)
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
