package io.vminventory.testkit.vcenter;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Visibility of the inventory to an account: machines with their folders and data centers (of these
 * only the four fixed folders, without hosts, datastores and networks), and all properties of the
 * machines except unreadable ones. Hosts, clusters and pools are hidden from a restricted account
 * unless {@link #withHosts()} shows those of its machines; a reference such as {@code runtime.host}
 * can be read, but no property of a hidden object. Immutable.
 */
public final class Visibility {

  private static final Visibility EVERYTHING =
      new Visibility((id, machine) -> true, "", true, List.of());

  private final BiPredicate<String, SimulatedMachine> machines;
  private final String folder;
  private final boolean hosts;
  private final List<String> unreadable;

  private Visibility(
      BiPredicate<String, SimulatedMachine> machines,
      String folder,
      boolean hosts,
      List<String> unreadable) {
    this.machines = machines;
    this.folder = folder;
    this.hosts = hosts;
    this.unreadable = unreadable;
  }

  /** The whole inventory. */
  public static Visibility everything() {
    return EVERYTHING;
  }

  /** The machines with one of these names or ids. */
  public static Visibility only(String... namesOrIds) {
    Set<String> wanted = Set.copyOf(Arrays.asList(namesOrIds));
    return new Visibility(
        (id, machine) -> wanted.contains(machine.name()) || wanted.contains(id),
        "",
        false,
        List.of());
  }

  /** The machines that match, evaluated at every read. */
  public static Visibility where(Predicate<SimulatedMachine> matches) {
    return new Visibility((id, machine) -> matches.test(machine), "", false, List.of());
  }

  /** Everything in this folder or below, such as {@code /DC0/vm/tenant-a}. */
  public static Visibility folder(String path) {
    return new Visibility((id, machine) -> false, path, false, List.of());
  }

  /** Adds the hosts, clusters and resource pools of the visible machines. */
  public Visibility withHosts() {
    return new Visibility(machines, folder, true, unreadable);
  }

  /**
   * Makes properties of machines unreadable, such as {@code config} or {@code guest.net}: the
   * server reports {@code NoPermission} for them.
   */
  public Visibility unreadable(String... paths) {
    return new Visibility(machines, folder, hosts, List.of(paths));
  }

  boolean isEverything() {
    return machines == EVERYTHING.machines;
  }

  boolean showsMachine(String id, SimulatedMachine machine) {
    return machines.test(id, machine);
  }

  /** Whether a folder is visible with its contents. */
  boolean hasFolder() {
    return !folder.isEmpty();
  }

  boolean showsFolder(String path) {
    return !folder.isEmpty() && (path.equals(folder) || path.startsWith(folder + "/"));
  }

  boolean showsHosts() {
    return hosts;
  }

  /** Whether a property is readable: it neither contains an unreadable one nor is part of one. */
  boolean reads(String path) {
    for (String hidden : unreadable) {
      if (path.equals(hidden) || path.startsWith(hidden + ".") || hidden.startsWith(path + ".")) {
        return false;
      }
    }
    return true;
  }
}
