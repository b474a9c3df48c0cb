package io.vminventory.k8s.sink;

/** The embedded API server. */
class OwnershipTest extends OwnershipContract {

  OwnershipTest() {
    super(new EmbeddedCluster());
  }
}
