package io.vminventory.operator;

import io.vminventory.testkit.world.WorldActions;
import java.util.List;

/**
 * Where a soak takes place: two peers, and what can be done to them beyond that to which {@link
 * WorldActions} are. Closed with the peers.
 */
interface SoakStage extends AutoCloseable {

  RelayedPeers peers();

  /** What changes the machines. */
  WorldActions actions();

  /** The path of the folder in which the world makes its own. */
  String parent();

  /** The identity of a machine in its record. */
  String key(String machine);

  /** The machines that the world has not made, and does not change. */
  List<String> others();

  /** How many machines the world has at least, and at most. */
  int least();

  int most();

  /** How many changes follow one trouble at least; there may be three times as many. */
  int burst();

  /** Adds what goes wrong here and nowhere else. */
  void offer(Trouble.Choice choice, OperatorBench bench);

  /** Ends those troubles. */
  void heal();

  /** How often in one soak the vCenter may not tell a change, by a fault of its own. */
  int mostUntold();

  /** Ends all sessions on the vCenter but the test's own. */
  void endSessions();

  /** Hides all machines from the account, or shows them; whether that is possible here. */
  boolean hide(boolean hidden);

  @Override
  void close();
}
