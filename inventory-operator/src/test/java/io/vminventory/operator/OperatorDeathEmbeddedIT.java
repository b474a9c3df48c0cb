package io.vminventory.operator;

/** Between an embedded vCenter and an embedded Kubernetes. */
class OperatorDeathEmbeddedIT extends OperatorDeathScenarios {

  private final EmbeddedPeers peers = new EmbeddedPeers();

  @Override
  FaultPeers peers() {
    return peers;
  }

  @Override
  void release() {
    peers.close();
  }
}
