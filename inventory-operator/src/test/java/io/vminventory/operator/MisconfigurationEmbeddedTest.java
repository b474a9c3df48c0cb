package io.vminventory.operator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The scenarios between an embedded vCenter and an embedded Kubernetes. */
@Tag("slow")
class MisconfigurationEmbeddedTest extends MisconfigurationScenarios {

  private static EmbeddedPeers peers;

  @BeforeAll
  static void start() {
    peers = new EmbeddedPeers();
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
