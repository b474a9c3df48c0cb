package io.vminventory.testkit.changes;

import java.util.List;
import java.util.Set;

/**
 * Actions of a platform that {@link RandomChanges} can change. Machines are addressed by id,
 * folders and hosts by their current names. Called by one thread at a time. Unsupported actions are
 * never called and throw {@link UnsupportedOperationException}.
 */
public interface PlatformActions {

  /** An action beyond adding and removing machines, which every platform supports. */
  enum Action {
    POWER,
    RECONFIGURE,
    RENAME,
    /** Two machines can have the same name. */
    SAME_NAMES,
    MOVE_TO_FOLDER,
    RENAME_FOLDER,
    MOVE_TO_HOST,
    RENAME_HOST,
    SET_IPS
  }

  /** The supported actions; always the same. */
  Set<Action> supported();

  /**
   * Adds a machine, powered off and without addresses.
   *
   * @return its id
   */
  String add(ExpectedMachine machine);

  /** Removes a machine that is powered off. */
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

  /** The hosts that machines can be moved to. */
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
