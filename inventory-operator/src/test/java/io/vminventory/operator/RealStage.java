package io.vminventory.operator;

import io.vminventory.testkit.vcenter.VcenterAdmin;
import io.vminventory.testkit.world.VcenterAdminWorld;
import io.vminventory.testkit.world.WorldActions;
import java.util.List;

/** The peers that the environment names, of which the vCenter has a data center {@code DC0}. */
final class RealStage implements SoakStage {

  private final RealPeers real = new RealPeers();
  private final VcenterAdmin vcenter = real.vcenter();
  private final RelayedPeers peers = RelayedPeers.of(real);
  private final String instanceUuid = vcenter.instanceUuid();
  private final VcenterAdminWorld world = new VcenterAdminWorld(vcenter, real.source());
  private final List<String> others = vcenter.machines();

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
    return "/DC0/vm/" + world.folder();
  }

  @Override
  public String key(String machine) {
    return instanceUuid + "/" + machine;
  }

  @Override
  public List<String> others() {
    return others;
  }

  @Override
  public int least() {
    return 15;
  }

  @Override
  public int most() {
    return 50;
  }

  @Override
  public int burst() {
    return 6;
  }

  @Override
  public void offer(Trouble.Choice choice, OperatorBench bench) {
    new RelayTroubles("vCenter", peers.vcenter(), false)
        .offerStatuses(choice, List.of(500, 502, 503), request -> true);
    choice.with(
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
   * vcsim 0.24.2 collects what there is before it begins to listen ({@code WaitForUpdatesEx}
   * without a version), so a change between the two is told to nobody until the next complete read.
   */
  @Override
  public int mostUntold() {
    return 1;
  }

  @Override
  public void endSessions() {
    vcenter.otherSessions().forEach(vcenter::terminate);
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
