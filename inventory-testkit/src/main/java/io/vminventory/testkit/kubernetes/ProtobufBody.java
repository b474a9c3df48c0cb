package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Protobuf bodies of {@code kubectl create namespace}, {@code secret}, {@code configmap} and {@code
 * serviceaccount} and {@code kubectl auth}, converted to JSON. Unknown fields are skipped, other
 * kinds rejected.
 */
final class ProtobufBody {

  private static final int MAGIC = 0x6b387300;

  private static final Message TYPE_META =
      new Message(Map.of(1, new Text("apiVersion"), 2, new Text("kind")));
  private static final Message UNKNOWN =
      new Message(Map.of(1, new Nested("typeMeta", TYPE_META), 2, new Bytes("raw")));
  private static final Nested METADATA =
      new Nested(
          "metadata",
          new Message(
              Map.of(
                  1, new Text("name"),
                  2, new Text("generateName"),
                  3, new Text("namespace"),
                  11, new Entries("labels", false),
                  12, new Entries("annotations", false))));
  private static final Nested RESOURCE_ATTRIBUTES =
      new Nested(
          "resourceAttributes",
          new Message(
              Map.of(
                  1, new Text("namespace"),
                  2, new Text("verb"),
                  3, new Text("group"),
                  5, new Text("resource"))));
  private static final Map<String, Message> KINDS =
      Map.of(
          "Namespace", new Message(Map.of(1, METADATA)),
          "ServiceAccount", new Message(Map.of(1, METADATA)),
          "ConfigMap", new Message(Map.of(1, METADATA, 2, new Entries("data", false))),
          "Secret",
              new Message(
                  Map.of(
                      1, METADATA,
                      2, new Entries("data", true),
                      3, new Text("type"),
                      4, new Entries("stringData", false))),
          "SelfSubjectAccessReview",
              new Message(
                  Map.of(2, new Nested("spec", new Message(Map.of(1, RESOURCE_ATTRIBUTES))))),
          "SelfSubjectRulesReview",
              new Message(
                  Map.of(2, new Nested("spec", new Message(Map.of(1, new Text("namespace")))))));

  private ProtobufBody() {}

  /** Field of a message. */
  private sealed interface Field {
    String name();
  }

  private record Text(String name) implements Field {}

  private record Bytes(String name) implements Field {}

  private record Nested(String name, Message message) implements Field {}

  /** Map of strings to strings or bytes. */
  private record Entries(String name, boolean binary) implements Field {}

  private record Message(Map<Integer, Field> fields) {}

  /** Whether a content type is protobuf. */
  static boolean is(String contentType) {
    return contentType.contains("protobuf");
  }

  /**
   * The object in the body.
   *
   * @throws StatusException 400 if it is malformed, 415 for any other kind
   */
  static ObjectNode read(byte[] body) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body);
      if (bytes.getInt() != MAGIC) {
        throw StatusException.badRequest("the body is not Kubernetes protobuf");
      }
      ObjectNode envelope = read(bytes, UNKNOWN);
      String kind = Json.text(envelope, "typeMeta", "kind");
      Message message = KINDS.get(kind);
      if (message == null) {
        throw StatusException.of(
            415, "UnsupportedMediaType", "send " + kind + " as JSON, not as protobuf");
      }
      ObjectNode object = Json.typed(Json.text(envelope, "typeMeta", "apiVersion"), kind);
      byte[] raw = Base64.getDecoder().decode(Json.text(envelope, "raw"));
      return object.setAll(read(ByteBuffer.wrap(raw), message));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw StatusException.badRequest("the body is cut off");
    }
  }

  private static ObjectNode read(ByteBuffer bytes, Message message) {
    ObjectNode object = Json.object();
    while (bytes.hasRemaining()) {
      int tag = (int) varint(bytes);
      switch (tag & 7) {
        case 0 -> varint(bytes);
        case 1 -> bytes.getLong();
        case 2 -> {
          ByteBuffer value = slice(bytes);
          Field field = message.fields().get(tag >>> 3);
          if (field != null) {
            put(object, field, value);
          }
        }
        case 5 -> bytes.getInt();
        default -> throw new IllegalArgumentException("wire type " + (tag & 7));
      }
    }
    return object;
  }

  private static void put(ObjectNode object, Field field, ByteBuffer value) {
    if (field instanceof Nested nested) {
      object.set(field.name(), read(value, nested.message()));
    } else if (field instanceof Entries entries) {
      Field content = entries.binary() ? new Bytes("value") : new Text("value");
      ObjectNode entry = read(value, new Message(Map.of(1, new Text("key"), 2, content)));
      Json.child(object, field.name()).put(Json.text(entry, "key"), Json.text(entry, "value"));
    } else {
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      String text =
          field instanceof Text
              ? new String(bytes, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(bytes);
      if (!text.isEmpty()) {
        object.put(field.name(), text);
      }
    }
  }

  private static ByteBuffer slice(ByteBuffer bytes) {
    int length = (int) varint(bytes);
    ByteBuffer slice = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return slice;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
