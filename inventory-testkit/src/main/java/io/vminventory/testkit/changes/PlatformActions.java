package io.vminventory.testkit.changes;

import java.util.List;
import java.util.Set;

/**
 * A platform on which a {@link RandomChanges} acts. Machines are named by their ids, folders and
 * hosts by the names that they have at the moment. One thread at a time. What is not supported is
 * never called, and throws {@link UnsupportedOperationException}.
 */
public interface PlatformActions {

  /** What a platform may be able to do, beyond adding and removing machines. */
  enum Action {
    POWER,
    RECONFIGURE,
    RENAME,
    /** Two machines may have the same name. */
    SAME_NAMES,
    MOVE_TO_FOLDER,
    RENAME_FOLDER,
    MOVE_TO_HOST,
    RENAME_HOST,
    SET_IPS
  }

  /** What it can do; always the same. */
  Set<Action> supported();

  /**
   * Adds a machine, which is off and has no addresses.
   *
   * @return its id
   */
  String add(ExpectedMachine machine);

  /** Removes a machine, which is off. */
  void remove(String id);

  default void power(String id, boolean on) {
    throw new UnsupportedOperationException("power");
  }

  default void reconfigure(String id, int cpus, int memoryMB) {
    throw new UnsupportedOperationException("reconfigure");
  }

  default void rename(String id, String name) {
    throw new UnsupportedOperationException("rename");
  }

  default void addFolder(String name) {
    throw new UnsupportedOperationException("addFolder");
  }

  default void moveToFolder(String id, String folder) {
    throw new UnsupportedOperationException("moveToFolder");
  }

  default void renameFolder(String name, String newName) {
    throw new UnsupportedOperationException("renameFolder");
  }

  /** The hosts that machines may be moved to. */
  default List<String> hosts() {
    return List.of();
  }

  default void moveToHost(String id, String host) {
    throw new UnsupportedOperationException("moveToHost");
  }

  default void renameHost(String name, String newName) {
    throw new UnsupportedOperationException("renameHost");
  }

  default void setIps(String id, List<String> ips) {
    throw new UnsupportedOperationException("setIps");
  }
}
