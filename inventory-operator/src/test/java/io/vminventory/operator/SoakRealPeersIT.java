package io.vminventory.operator;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A soak between vcsim and a real API server, with the rights of {@code deploy/}. */
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
@Tag("soak")
class SoakRealPeersIT {

  @Test
  void recordsConvergeAfterEachPhase() throws Exception {
    SoakLimits limits =
        SoakLimits.ofProperties(new SoakLimits(0, Long.MAX_VALUE, Duration.ofSeconds(90)));
    try (SoakEnvironment environment = new RealSoakEnvironment();
        Soak soak = new Soak(environment, limits)) {
      soak.run();
    }
  }
}
