package io.vminventory.k8s.sink;

import io.vminventory.k8s.RealCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real API server. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@Tag("slow")
class ExternalChangeIT extends ExternalChangeContract {

  ExternalChangeIT() {
    super(new RealCluster());
  }
}
