package io.vminventory.operator;

import org.junit.jupiter.api.Tag;

/** Between an embedded vCenter and an embedded Kubernetes. */
@Tag("slow")
class OperatorTerminationEmbeddedIT extends OperatorTerminationScenarios {

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
