package io.vminventory.k8s.sink;

/** The embedded API server. */
class ExternalChangeTest extends ExternalChangeContract {

  ExternalChangeTest() {
    super(new EmbeddedCluster());
  }
}
