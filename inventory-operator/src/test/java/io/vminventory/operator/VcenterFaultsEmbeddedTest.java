package io.vminventory.operator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Between an embedded vCenter and an embedded Kubernetes. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class VcenterFaultsEmbeddedTest extends VcenterFaultScenarios {

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
