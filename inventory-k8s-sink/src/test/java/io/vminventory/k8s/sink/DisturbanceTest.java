package io.vminventory.k8s.sink;

/** The embedded API server. */
class DisturbanceTest extends DisturbanceContract {

  DisturbanceTest() {
    super(new EmbeddedCluster());
  }
}
