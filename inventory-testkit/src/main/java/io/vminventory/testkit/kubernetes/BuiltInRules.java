package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Server-side defaults of the built-in types that tests and demos use. */
final class BuiltInRules {

  private BuiltInRules() {}

  /** Changes the object in place. */
  static void complete(ResourceType type, ObjectNode object, Instant now) {
    switch (type.resource()) {
      case BuiltInTypes.NAMESPACES -> {
        Json.child(Json.metadata(object), "labels")
            .put("kubernetes.io/metadata.name", Json.text(object, "metadata", "name"));
        Json.child(object, "status")
            .put("phase", ObjectMetadata.deleting(object) ? "Terminating" : "Active");
      }
      case BuiltInTypes.SECRETS -> encodeSecret(object);
      case BuiltInTypes.CRDS -> CustomTypes.establish(object, now);
      default -> {
        // Stored unchanged.
      }
    }
  }

  private static void encodeSecret(ObjectNode secret) {
    JsonNode plain = secret.path("stringData");
    secret.remove("stringData");
    plain
        .properties()
        .forEach(
            entry ->
                Json.child(secret, "data")
                    .put(
                        entry.getKey(),
                        Base64.getEncoder()
                            .encodeToString(
                                entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    if (!secret.has("type")) {
      secret.put("type", "Opaque");
    }
  }
}
