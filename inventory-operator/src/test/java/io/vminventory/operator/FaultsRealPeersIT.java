package io.vminventory.operator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Faults between vcsim and a real API server, with the rights of {@code deploy/}. */
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
@Tag("slow")
class FaultsRealPeersIT {

  private static RealPeers peers;

  @BeforeAll
  static void start() {
    peers = new RealPeers();
  }

  @AfterAll
  static void stop() {
    peers.close();
  }

  @Nested
  class Vcenter extends VcenterFaultScenarios {

    @Override
    FaultPeers peers() {
      return peers;
    }
  }

  @Nested
  class ApiServer extends ApiServerFaultScenarios {

    @Override
    FaultPeers peers() {
      return peers;
    }
  }

  @Nested
  class ExternalChange extends ExternalChangeScenarios {

    @Override
    FaultPeers peers() {
      return peers;
    }
  }

  @Nested
  class OperatorTermination extends OperatorTerminationScenarios {

    @Override
    FaultPeers peers() {
      return peers;
    }
  }

  @Nested
  class Failover extends FailoverScenarios {

    @Override
    FaultPeers peers() {
      return peers;
    }
  }
}
