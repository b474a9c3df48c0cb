package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Response to a request.
 *
 * @param code the HTTP status
 * @param body the JSON
 */
record ApiResponse(int code, JsonNode body) {

  static ApiResponse ok(JsonNode body) {
    return new ApiResponse(200, body);
  }

  static ApiResponse created(JsonNode body) {
    return new ApiResponse(201, body);
  }
}
