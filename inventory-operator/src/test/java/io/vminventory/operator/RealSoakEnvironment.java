package io.vminventory.operator;

import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.changes.VcenterAdminActions;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.util.List;

/** Real peers named by environment variables; the vCenter has a data center {@code DC0}. */
final class RealSoakEnvironment implements SoakEnvironment {

  private final RealPeers real = new RealPeers();
  private final VcenterAdmin vcenter = real.vcenter();
  private final RelayedPeers peers = RelayedPeers.of(real);
  private final String instanceUuid = vcenter.instanceUuid();
  private final VcenterAdminActions world = new VcenterAdminActions(vcenter, real.source());
  private final List<String> unmanagedMachines = vcenter.machines();

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
    return "/DC0/vm/" + world.folder();
  }

  @Override
  public String key(String machine) {
    return instanceUuid + "/" + machine;
  }

  @Override
  public List<String> unmanagedMachines() {
    return unmanagedMachines;
  }

  @Override
  public int minMachines() {
    return 15;
  }

  @Override
  public int maxMachines() {
    return 50;
  }

  @Override
  public int changesPerFault() {
    return 6;
  }

  @Override
  public void addTo(InjectedFault.Pool pool, OperatorFixture fixture) {
    new RandomRelayFaults("vCenter", peers.vcenter(), false)
        .addStatusesTo(pool, List.of(500, 502, 503), request -> true);
    pool.add(
        "vCenter sessions ended",
        4,
        random -> {
          endSessions();
          return "now";
        });
  }

  @Override
  public void heal() {}

  /**
   * vcsim 0.24.2 collects the current state before it starts to listen ({@code WaitForUpdatesEx}
   * without a version), so it does not report a change in between until the next complete read.
   */
  @Override
  public int maxMissedChanges() {
    return 1;
  }

  @Override
  public void endSessions() {
    vcenter.otherSessions().forEach(vcenter::terminateSession);
  }

  @Override
  public boolean hide(boolean hidden) {
    return false;
  }

  @Override
  public void close() {
    peers.close();
  }
}
