package io.vminventory.api;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one virtual machine. Immutable; two machines are equal if all facts are.
 *
 * <p>An empty fact means that the platform has none (a machine that is off has no addresses, an
 * orphaned one no hardware), unless {@link #unreadable()} names it: then the account may not read
 * it, and nothing is known.
 *
 * @param id its identity
 * @param name its name on the platform, not blank, any characters; names are not unique
 * @param powerState whether it runs
 * @param numCpu virtual CPUs, at least 1
 * @param memoryMB memory in MiB, at least 1
 * @param ips its addresses, the primary first; neither loopback nor link-local; empty if it is off
 * @param nics its network cards, in the platform's order
 * @param guestHostName the host name that the guest reports
 * @param guestOS the operating system in words
 * @param toolsStatus whether the guest tools run, in the platform's words
 * @param template whether it is a template
 * @param host the name of the host that it runs on
 * @param cluster the name of the cluster of that host, if it is in one
 * @param datacenter the name of its data center
 * @param folder the path of its folder from the root, such as {@code /DC0/vm/web}
 * @param instanceUuid the platform's UUID of this machine
 * @param biosUuid the UUID that its firmware shows
 * @param unreadable the facts that the account may not read, in the order of {@link Fact}
 */
public record VirtualMachine(
    VirtualMachineId id,
    String name,
    Optional<PowerState> powerState,
    OptionalInt numCpu,
    OptionalInt memoryMB,
    List<String> ips,
    List<Nic> nics,
    Optional<String> guestHostName,
    Optional<String> guestOS,
    Optional<String> toolsStatus,
    Optional<Boolean> template,
    Optional<String> host,
    Optional<String> cluster,
    Optional<String> datacenter,
    Optional<String> folder,
    Optional<String> instanceUuid,
    Optional<String> biosUuid,
    Set<Fact> unreadable) {

  public VirtualMachine {
    Checks.notBlank("name", name);
    atLeastOne("numCpu", numCpu);
    atLeastOne("memoryMB", memoryMB);
    ips = List.copyOf(ips);
    nics = List.copyOf(nics);
    unreadable =
        unreadable.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(unreadable));
  }

  private static void atLeastOne(String name, OptionalInt value) {
    if (value.isPresent() && value.getAsInt() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value.getAsInt());
    }
  }

  /** The address to try first, if there is any. */
  public Optional<String> primaryIP() {
    return ips.stream().findFirst();
  }

  /** Starts a machine with nothing known but its identity and its name. */
  public static Builder builder(VirtualMachineId id, String name) {
    return new Builder(id, name);
  }

  /** Collects the facts of one machine. Not thread-safe. A fact set to {@code null} is unknown. */
  public static final class Builder {
    private final VirtualMachineId id;
    private final String name;
    private final Set<Fact> unreadable = new TreeSet<>();
    private @Nullable PowerState powerState;
    private @Nullable Integer numCpu;
    private @Nullable Integer memoryMB;
    private List<String> ips = List.of();
    private List<Nic> nics = List.of();
    private @Nullable String guestHostName;
    private @Nullable String guestOS;
    private @Nullable String toolsStatus;
    private @Nullable Boolean template;
    private @Nullable String host;
    private @Nullable String cluster;
    private @Nullable String datacenter;
    private @Nullable String folder;
    private @Nullable String instanceUuid;
    private @Nullable String biosUuid;

    private Builder(VirtualMachineId id, String name) {
      this.id = id;
      this.name = name;
    }

    public Builder powerState(@Nullable PowerState value) {
      powerState = value;
      return this;
    }

    public Builder numCpu(@Nullable Integer value) {
      numCpu = value;
      return this;
    }

    /** In MiB. */
    public Builder memoryMB(@Nullable Integer value) {
      memoryMB = value;
      return this;
    }

    /** The primary first. */
    public Builder ips(List<String> value) {
      ips = value;
      return this;
    }

    public Builder nics(List<Nic> value) {
      nics = value;
      return this;
    }

    public Builder guestHostName(@Nullable String value) {
      guestHostName = value;
      return this;
    }

    public Builder guestOS(@Nullable String value) {
      guestOS = value;
      return this;
    }

    public Builder toolsStatus(@Nullable String value) {
      toolsStatus = value;
      return this;
    }

    public Builder template(@Nullable Boolean value) {
      template = value;
      return this;
    }

    public Builder host(@Nullable String value) {
      host = value;
      return this;
    }

    public Builder cluster(@Nullable String value) {
      cluster = value;
      return this;
    }

    public Builder datacenter(@Nullable String value) {
      datacenter = value;
      return this;
    }

    public Builder folder(@Nullable String value) {
      folder = value;
      return this;
    }

    public Builder instanceUuid(@Nullable String value) {
      instanceUuid = value;
      return this;
    }

    public Builder biosUuid(@Nullable String value) {
      biosUuid = value;
      return this;
    }

    /** Says that the account may not read this fact. */
    public Builder unreadable(Fact fact) {
      unreadable.add(fact);
      return this;
    }

    /**
     * The machine.
     *
     * @throws IllegalArgumentException if a fact is out of its bounds, naming it
     */
    public VirtualMachine build() {
      return new VirtualMachine(
          id,
          name,
          Optional.ofNullable(powerState),
          optional(numCpu),
          optional(memoryMB),
          ips,
          nics,
          Optional.ofNullable(guestHostName),
          Optional.ofNullable(guestOS),
          Optional.ofNullable(toolsStatus),
          Optional.ofNullable(template),
          Optional.ofNullable(host),
          Optional.ofNullable(cluster),
          Optional.ofNullable(datacenter),
          Optional.ofNullable(folder),
          Optional.ofNullable(instanceUuid),
          Optional.ofNullable(biosUuid),
          unreadable);
    }

    private static OptionalInt optional(@Nullable Integer value) {
      return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
  }
}
