package io.vminventory.operator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The scenarios between vcsim and a real API server, with the rights of {@code deploy/}. */
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
@Tag("slow")
class MisconfigurationRealPeersIT extends MisconfigurationScenarios {

  private static RealPeers peers;

  @BeforeAll
  static void start() {
    peers = new RealPeers();
  }

  @AfterAll
  static void stop() {
    peers.close();
  }

  @Override
  Peers peers() {
    return peers;
  }
}
