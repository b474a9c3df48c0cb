package io.vminventory.k8s.sink;

import org.junit.jupiter.api.Tag;

/** The embedded API server. */
@Tag("embedded")
class ExternalChangeTest extends ExternalChangeContract {

  ExternalChangeTest() {
    super(new EmbeddedCluster());
  }
}
