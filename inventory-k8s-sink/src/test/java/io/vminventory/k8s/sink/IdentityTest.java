package io.vminventory.k8s.sink;

/** The embedded API server. */
class IdentityTest extends IdentityContract {

  IdentityTest() {
    super(new EmbeddedCluster());
  }
}
