package io.vminventory.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Facts of one virtual machine. Immutable; two machines are equal if their ids and all facts are.
 *
 * <p>A fact is in one of four states:
 *
 * <ul>
 *   <li><b>Known</b>: it has a value.
 *   <li><b>None</b>: it is empty, and neither of the two sets below names it. The platform has no
 *       such fact: a machine that is off has no addresses, an orphaned one has no hardware.
 *   <li><b>Unknown for now</b>: {@link #unknown()} names it. The platform has the fact but cannot
 *       report it at this moment, since a guest agent timed out or a host is away. A record keeps
 *       its last value.
 *   <li><b>Unreadable</b>: {@link #unreadable()} names it. The account may not read it.
 * </ul>
 *
 * <p>Facts will be added in later versions: this class gains accessors and its builder gains
 * setters, and no other type of this package changes for that.
 */
public final class VirtualMachine {

  private final VirtualMachineId id;
  private final String name;

  /** The known facts, but for names, addresses and network cards; never changed. */
  private final Map<Fact, Object> values;

  private final List<String> ips;
  private final List<Nic> nics;
  private final Set<Fact> unknown;
  private final Set<Fact> unreadable;

  private VirtualMachine(Builder builder) {
    this.id = builder.id;
    this.name = builder.nameOrStandIn();
    this.values = new EnumMap<>(builder.values);
    this.ips = List.copyOf(builder.ips);
    this.nics = List.copyOf(builder.nics);
    this.unknown = copy(builder.unknown);
    this.unreadable = copy(builder.unreadable);
  }

  private static Set<Fact> copy(Set<Fact> facts) {
    return facts.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(facts));
  }

  /**
   * Starts a machine of which nothing is known but its identity. Unless the builder is given a name
   * or {@link Builder#unreadable unreadable(Fact.NAME)}, the name counts as unknown for now.
   */
  public static Builder builder(VirtualMachineId id) {
    return new Builder(id);
  }

  /** Starts a machine of which nothing is known but its identity and its name. */
  public static Builder builder(VirtualMachineId id, String name) {
    return new Builder(id).name(name);
  }

  /**
   * A machine that exists, but of which the platform can report nothing at this moment: every fact
   * is unknown for now. Its record stays as it is.
   */
  public static VirtualMachine unknownForNow(VirtualMachineId id) {
    Builder builder = new Builder(id);
    for (Fact fact : Fact.values()) {
      builder.unknown(fact);
    }
    return builder.build();
  }

  /** Its identity. */
  public VirtualMachineId id() {
    return id;
  }

  /**
   * Its name on the platform: not blank, any characters, not unique. If {@link #unknown()} or
   * {@link #unreadable()} has {@link Fact#NAME}, this is a stand-in made of the id.
   */
  public String name() {
    return name;
  }

  /** Whether it runs. */
  public Optional<PowerState> powerState() {
    return value(Fact.POWER_STATE, PowerState.class);
  }

  /** Virtual CPUs, at least 1. */
  public OptionalInt numCpu() {
    return number(Fact.NUM_CPU);
  }

  /** Memory in MiB, at least 1. */
  public OptionalInt memoryMB() {
    return number(Fact.MEMORY_MB);
  }

  /** The host name that the guest reports. */
  public Optional<String> guestHostName() {
    return value(Fact.GUEST_HOST_NAME, String.class);
  }

  /** The operating system in words. */
  public Optional<String> guestOS() {
    return value(Fact.GUEST_OS, String.class);
  }

  /** Whether the guest tools run, in the platform's words. */
  public Optional<String> toolsStatus() {
    return value(Fact.TOOLS_STATUS, String.class);
  }

  /** Whether it is a template. */
  public Optional<Boolean> template() {
    return value(Fact.TEMPLATE, Boolean.class);
  }

  /** The name of the host that it runs on. */
  public Optional<String> host() {
    return value(Fact.HOST, String.class);
  }

  /** The name of the cluster of that host, if it is in one. */
  public Optional<String> cluster() {
    return value(Fact.CLUSTER, String.class);
  }

  /** The name of its data center. */
  public Optional<String> datacenter() {
    return value(Fact.DATACENTER, String.class);
  }

  /** The path of its folder from the root, such as {@code /DC0/vm/web}. */
  public Optional<String> folder() {
    return value(Fact.FOLDER, String.class);
  }

  /** The platform's UUID of this machine. */
  public Optional<String> instanceUuid() {
    return value(Fact.INSTANCE_UUID, String.class);
  }

  /** The UUID that its firmware shows. */
  public Optional<String> biosUuid() {
    return value(Fact.BIOS_UUID, String.class);
  }

  private <T> Optional<T> value(Fact fact, Class<T> type) {
    return Optional.ofNullable(type.cast(values.get(fact)));
  }

  private OptionalInt number(Fact fact) {
    return values.get(fact) instanceof Integer number
        ? OptionalInt.of(number)
        : OptionalInt.empty();
  }

  /** Its addresses, the primary first; neither loopback nor link-local; empty if it is off. */
  public List<String> ips() {
    return ips;
  }

  /** The address to try first, if there is any. */
  public Optional<String> primaryIP() {
    return ips.stream().findFirst();
  }

  /** Its network cards, in the platform's order. */
  public List<Nic> nics() {
    return nics;
  }

  /** The facts that the platform cannot report at this moment, in the order of {@link Fact}. */
  public Set<Fact> unknown() {
    return unknown;
  }

  /** The facts that the account may not read, in the order of {@link Fact}. */
  public Set<Fact> unreadable() {
    return unreadable;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof VirtualMachine that
            && id.equals(that.id)
            && name.equals(that.name)
            && values.equals(that.values)
            && ips.equals(that.ips)
            && nics.equals(that.nics)
            && unknown.equals(that.unknown)
            && unreadable.equals(that.unreadable));
  }

  /** From what differs most between machines. */
  @Override
  public int hashCode() {
    return Objects.hash(id, name, ips);
  }

  /** Identity, name and power state. */
  @Override
  public String toString() {
    return id + " '" + name + "'" + powerState().map(state -> " " + state).orElse("");
  }

  /**
   * Collects the facts of one machine. Not thread-safe. A fact that is not set, or set to {@code
   * null} (lists: to an empty list), is none; {@link #unknown} and {@link #unreadable} say
   * otherwise.
   */
  public static final class Builder {
    private final VirtualMachineId id;
    private final Set<Fact> unknown = new TreeSet<>();
    private final Set<Fact> unreadable = new TreeSet<>();
    private final Map<Fact, Object> values = new EnumMap<>(Fact.class);
    private @Nullable String name;
    private List<String> ips = List.of();
    private List<Nic> nics = List.of();

    private Builder(VirtualMachineId id) {
      this.id = id;
    }

    /** Its name on the platform, not blank; {@code null} if it is not known. */
    public Builder name(@Nullable String value) {
      name = value;
      return this;
    }

    /** Whether it runs. */
    public Builder powerState(@Nullable PowerState value) {
      return set(Fact.POWER_STATE, value);
    }

    /** Virtual CPUs, at least 1. */
    public Builder numCpu(@Nullable Integer value) {
      return set(Fact.NUM_CPU, atLeastOne(Fact.NUM_CPU, value));
    }

    /** Memory in MiB, at least 1. */
    public Builder memoryMB(@Nullable Integer value) {
      return set(Fact.MEMORY_MB, atLeastOne(Fact.MEMORY_MB, value));
    }

    /** The host name that the guest reports. */
    public Builder guestHostName(@Nullable String value) {
      return set(Fact.GUEST_HOST_NAME, value);
    }

    /** The operating system in words. */
    public Builder guestOS(@Nullable String value) {
      return set(Fact.GUEST_OS, value);
    }

    /** Whether the guest tools run, in the platform's words. */
    public Builder toolsStatus(@Nullable String value) {
      return set(Fact.TOOLS_STATUS, value);
    }

    /** Whether it is a template. */
    public Builder template(@Nullable Boolean value) {
      return set(Fact.TEMPLATE, value);
    }

    /** The name of the host that it runs on. */
    public Builder host(@Nullable String value) {
      return set(Fact.HOST, value);
    }

    /** The name of the cluster of that host. */
    public Builder cluster(@Nullable String value) {
      return set(Fact.CLUSTER, value);
    }

    /** The name of its data center. */
    public Builder datacenter(@Nullable String value) {
      return set(Fact.DATACENTER, value);
    }

    /** The path of its folder from the root, such as {@code /DC0/vm/web}. */
    public Builder folder(@Nullable String value) {
      return set(Fact.FOLDER, value);
    }

    /** The platform's UUID of this machine. */
    public Builder instanceUuid(@Nullable String value) {
      return set(Fact.INSTANCE_UUID, value);
    }

    /** The UUID that its firmware shows. */
    public Builder biosUuid(@Nullable String value) {
      return set(Fact.BIOS_UUID, value);
    }

    /** Its addresses, the primary first; neither loopback nor link-local; none if it is off. */
    public Builder ips(List<String> value) {
      ips = value;
      return this;
    }

    /** Its network cards, in the platform's order. */
    public Builder nics(List<Nic> value) {
      nics = value;
      return this;
    }

    /** Marks a fact that the platform cannot report at this moment; it loses its value. */
    public Builder unknown(Fact fact) {
      unknown.add(fact);
      return this;
    }

    /** Marks a fact that the account may not read. */
    public Builder unreadable(Fact fact) {
      unreadable.add(fact);
      return this;
    }

    private Builder set(Fact fact, @Nullable Object value) {
      if (value == null) {
        values.remove(fact);
      } else {
        values.put(fact, value);
      }
      return this;
    }

    private static @Nullable Integer atLeastOne(Fact fact, @Nullable Integer value) {
      if (value != null && value < 1) {
        throw new IllegalArgumentException(fact + " must be at least 1, not " + value);
      }
      return value;
    }

    /**
     * The machine.
     *
     * @throws IllegalArgumentException if the name is blank; setters throw it for a number below 1
     */
    public VirtualMachine build() {
      if (name != null) {
        Checks.notBlank("name", name);
      } else if (!unreadable.contains(Fact.NAME)) {
        unknown.add(Fact.NAME);
      }
      values.keySet().removeAll(unknown);
      ips = unknown.contains(Fact.IPS) ? List.of() : ips;
      nics = unknown.contains(Fact.NICS) ? List.of() : nics;
      return new VirtualMachine(this);
    }

    private String nameOrStandIn() {
      if (name != null) {
        return name;
      }
      String tail = id.value().substring(id.value().lastIndexOf('/') + 1);
      return tail.isEmpty() ? id.value() : tail;
    }
  }
}
