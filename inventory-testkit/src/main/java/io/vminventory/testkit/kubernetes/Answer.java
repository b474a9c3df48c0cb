package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a request is answered.
 *
 * @param code the HTTP status
 * @param body the JSON
 */
record Answer(int code, JsonNode body) {

  static Answer ok(JsonNode body) {
    return new Answer(200, body);
  }

  static Answer created(JsonNode body) {
    return new Answer(201, body);
  }
}
