package io.vminventory.operator;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A soak between an embedded vCenter and an embedded Kubernetes. */
@Tag("soak")
class SoakEmbeddedTest {

  @Test
  void recordsConvergeAfterEachPhase() throws Exception {
    SoakLimits limits = SoakLimits.ofProperties(new SoakLimits(0, 2_500, Duration.ofSeconds(90)));
    try (SoakEnvironment environment = new EmbeddedSoakEnvironment();
        Soak soak = new Soak(environment, limits)) {
      soak.run();
    }
  }
}
