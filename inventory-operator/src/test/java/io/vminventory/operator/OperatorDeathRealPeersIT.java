package io.vminventory.operator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Between vcsim and a real API server, with the rights of {@code deploy/}. */
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
class OperatorDeathRealPeersIT extends OperatorDeathScenarios {

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
  FaultPeers peers() {
    return peers;
  }

  @Override
  void release() {}
}
