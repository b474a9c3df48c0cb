package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the short YAML and JSON texts that tests are written with. */
final class TestJson {

  private TestJson() {}

  static ObjectNode object(String yaml) {
    return (ObjectNode) Json.parse(yaml, true);
  }
}
