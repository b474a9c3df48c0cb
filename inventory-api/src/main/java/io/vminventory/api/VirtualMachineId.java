package io.vminventory.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identity of a virtual machine, unique among all platforms and stable for as long as the machine
 * lives there. It is opaque to all but the provider that made it; the vSphere provider uses {@code
 * <instanceUuid of the vCenter>/<managed object id>}.
 *
 * @param value 1 to 253 printable ASCII characters without white space
 */
public record VirtualMachineId(String value) implements Comparable<VirtualMachineId> {

  private static final Pattern LEGAL = Pattern.compile("[!-~]{1,253}");

  public VirtualMachineId {
    if (!LEGAL.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a virtual machine id has 1 to 253 printable ASCII characters without white space, not '"
              + value
              + "'");
    }
  }

  /** The id of this text; empty if the text is not a legal id. */
  public static Optional<VirtualMachineId> parse(String text) {
    return LEGAL.matcher(text).matches()
        ? Optional.of(new VirtualMachineId(text))
        : Optional.empty();
  }

  @Override
  public int compareTo(VirtualMachineId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
