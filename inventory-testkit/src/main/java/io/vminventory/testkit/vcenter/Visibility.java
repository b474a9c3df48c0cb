package io.vminventory.testkit.vcenter;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What an account may see: some machines with their folders and data centers (of which it sees the
 * four folders, but no hosts, datastores and networks in them), and of these all properties but
 * some. Hosts, clusters and pools are hidden from a restricted account unless {@link #withHosts()}
 * shows those of its machines; then a reference such as {@code runtime.host} can be read, but
 * nothing of the object that it names. Immutable.
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

  /** All that there is. */
  public static Visibility everything() {
    return EVERYTHING;
  }

  /** The machines with one of these names or ids. None, if there are none. */
  public static Visibility only(String... namesOrIds) {
    Set<String> wanted = Set.copyOf(Arrays.asList(namesOrIds));
    return new Visibility(
        (id, machine) -> wanted.contains(machine.name()) || wanted.contains(id),
        "",
        false,
        List.of());
  }

  /** The machines that match, at every moment. */
  public static Visibility where(Predicate<SimulatedMachine> matches) {
    return new Visibility((id, machine) -> matches.test(machine), "", false, List.of());
  }

  /** All that is in this folder or below, such as {@code /DC0/vm/tenant-a}. */
  public static Visibility folder(String path) {
    return new Visibility((id, machine) -> false, path, false, List.of());
  }

  /** Shows the hosts, clusters and resource pools of the visible machines, too. */
  public Visibility withHosts() {
    return new Visibility(machines, folder, true, unreadable);
  }

  /**
   * Makes properties of machines unreadable, such as {@code config} or {@code guest.net}: asked for
   * them, the server says {@code NoPermission} in their place.
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

  /** Whether there is any folder that shows what is in it. */
  boolean hasFolder() {
    return !folder.isEmpty();
  }

  boolean showsFolder(String path) {
    return !folder.isEmpty() && (path.equals(folder) || path.startsWith(folder + "/"));
  }

  boolean showsHosts() {
    return hosts;
  }

  /** Whether a property may be read: none that is unreadable is in it, nor it in one. */
  boolean reads(String path) {
    for (String hidden : unreadable) {
      if (path.equals(hidden) || path.startsWith(hidden + ".") || hidden.startsWith(path + ".")) {
        return false;
      }
    }
    return true;
  }
}
