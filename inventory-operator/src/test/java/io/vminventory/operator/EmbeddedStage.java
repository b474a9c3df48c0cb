package io.vminventory.operator;

import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import io.vminventory.testkit.world.SimulatorWorld;
import io.vminventory.testkit.world.WorldActions;
import java.util.List;
import java.util.Random;

/** The peers in this process: they can do everything, and change in no time. */
final class EmbeddedStage implements SoakStage {

  /** So few that most sets of updates are truncated. */
  private static final int UPDATE_LIMIT = 7;

  private static final String PARENT = "/DC0/vm";

  private final EmbeddedPeers embedded = new EmbeddedPeers(UPDATE_LIMIT);
  private final VcenterSimulator vcenter = embedded.vcenter();
  private final RelayedPeers peers = RelayedPeers.of(embedded);
  private final WorldActions world = new SimulatorWorld(vcenter, PARENT);
  private final List<String> others = List.copyOf(vcenter.machines().keySet());
  private final SimulatorTroubles troubles = new SimulatorTroubles(vcenter);

  /** A vCenter that is as hard to follow as any; a trouble makes it easier now and then. */
  EmbeddedStage() {
    vcenter.tellMovesAsLeaveAndEnter(true);
    vcenter.tellUnsetInEnters(true);
  }

  @Override
  public RelayedPeers peers() {
    return peers;
  }

  @Override
  public WorldActions actions() {
    return world;
  }

  @Override
  public String parent() {
    return PARENT;
  }

  @Override
  public String key(String machine) {
    return vcenter.instanceUuid() + "/" + machine;
  }

  @Override
  public List<String> others() {
    return others;
  }

  @Override
  public int least() {
    return 40;
  }

  @Override
  public int most() {
    return 100;
  }

  @Override
  public int burst() {
    return 30;
  }

  @Override
  public void offer(Trouble.Choice choice, OperatorBench bench) {
    troubles.offer(choice);
    choice.with("Secret rotated", 3, random -> rotate(random, bench));
  }

  /** The other way round, the new password would be refused, and the account would rest. */
  private String rotate(Random random, OperatorBench bench) {
    String password = "rotated-" + random.nextInt(1_000_000);
    vcenter.changePassword(embedded.username(), password);
    vcenter.endSessions();
    bench.secret("pass", password);
    return password;
  }

  @Override
  public int mostUntold() {
    return 0;
  }

  @Override
  public void heal() {
    troubles.heal();
  }

  @Override
  public void endSessions() {
    vcenter.endSessions();
  }

  @Override
  public boolean hide(boolean hidden) {
    vcenter.changeVisibility(
        embedded.username(), hidden ? Visibility.only() : Visibility.everything());
    return true;
  }

  @Override
  public void close() {
    peers.close();
  }
}
