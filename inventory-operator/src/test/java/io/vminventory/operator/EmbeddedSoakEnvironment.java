package io.vminventory.operator;

import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.changes.SimulatorActions;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.util.List;
import java.util.Random;

/** Embedded peers, which support every fault. */
final class EmbeddedSoakEnvironment implements SoakEnvironment {

  /** Low enough that most update sets are truncated. */
  private static final int UPDATE_LIMIT = 7;

  private static final String PARENT = "/DC0/vm";

  private final EmbeddedPeers embedded = new EmbeddedPeers(UPDATE_LIMIT);
  private final VcenterSimulator vcenter = embedded.vcenter();
  private final RelayedPeers peers = RelayedPeers.of(embedded);
  private final PlatformActions world = new SimulatorActions(vcenter, PARENT);
  private final List<String> unmanagedMachines = List.copyOf(vcenter.machines().keySet());
  private final RandomVcenterFaults faults = new RandomVcenterFaults(vcenter);

  /** Reports changes in the way that is hardest to follow; a fault eases it now and then. */
  EmbeddedSoakEnvironment() {
    vcenter.reportMovesAsLeaveAndEnter(true);
    vcenter.reportUnsetOnEnter(true);
  }

  @Override
  public RelayedPeers peers() {
    return peers;
  }

  @Override
  public PlatformActions actions() {
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
  public List<String> unmanagedMachines() {
    return unmanagedMachines;
  }

  @Override
  public int minMachines() {
    return 40;
  }

  @Override
  public int maxMachines() {
    return 100;
  }

  @Override
  public int changesPerFault() {
    return 30;
  }

  @Override
  public void addTo(InjectedFault.Pool pool, OperatorFixture fixture) {
    faults.addTo(pool);
    pool.add("Secret rotated", 3, random -> rotate(random, fixture));
  }

  /** Changes vCenter first: otherwise the new password would be refused, and logins would pause. */
  private String rotate(Random random, OperatorFixture fixture) {
    String password = "rotated-" + random.nextInt(1_000_000);
    vcenter.changePassword(embedded.username(), password);
    vcenter.endSessions();
    fixture.secret("pass", password);
    return password;
  }

  @Override
  public int maxMissedChanges() {
    return 0;
  }

  @Override
  public void heal() {
    faults.heal();
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
