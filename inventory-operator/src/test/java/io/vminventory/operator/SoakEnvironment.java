package io.vminventory.operator;

import io.vminventory.testkit.changes.PlatformActions;
import java.util.List;

/** Peers of a soak test and the faults that only they support. Closing it closes the peers. */
interface SoakEnvironment extends AutoCloseable {

  RelayedPeers peers();

  /** Actions that change the machines. */
  PlatformActions actions();

  /** Path of the folder that contains the world's folders. */
  String parent();

  /** Key of a machine's record. */
  String key(String machine);

  /** Machines that the world has not created and does not change. */
  List<String> unmanagedMachines();

  /** Bounds of the number of the world's machines. */
  int minMachines();

  int maxMachines();

  /** Minimum number of changes after each fault; the maximum is three times as many. */
  int changesPerFault();

  /** Adds the faults that only these peers support. */
  void addTo(InjectedFault.Pool pool, OperatorFixture fixture);

  /** Ends those faults. */
  void heal();

  /**
   * Maximum number of changes in one soak that the vCenter may fail to report by its own defect.
   */
  int maxMissedChanges();

  /** Ends all sessions on the vCenter except the test's own. */
  void endSessions();

  /** Hides or shows all machines to the account; returns false if these peers cannot. */
  boolean hide(boolean hidden);

  @Override
  void close();
}
