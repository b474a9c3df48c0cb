package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Parser of YAML and JSON in tests. */
final class TestJson {

  private TestJson() {}

  static ObjectNode object(String yaml) {
    return (ObjectNode) Json.parse(yaml, true);
  }
}
