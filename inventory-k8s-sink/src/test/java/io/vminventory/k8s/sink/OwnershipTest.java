package io.vminventory.k8s.sink;

import org.junit.jupiter.api.Tag;

/** The embedded API server. */
@Tag("embedded")
class OwnershipTest extends OwnershipContract {

  OwnershipTest() {
    super(new EmbeddedCluster());
  }
}
