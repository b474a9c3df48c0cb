package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ProtobufBodyTest {

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] field(int number, byte[] value) {
    return join(new byte[] {(byte) (number << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] body(String kind, byte[] object) {
    byte[] typeMeta = join(field(1, text("v1")), field(2, text(kind)));
    return join(text("k8s\0"), field(1, typeMeta), field(2, object), field(3, text("")));
  }

  @Test
  void secretIsRead() {
    byte[] entry = join(field(1, text("password")), field(2, text("hush")));
    byte[] number = {8 << 3, 5};
    byte[] metadata = join(field(1, text("s")), number, field(5, text("")));
    byte[] secret = join(field(1, metadata), field(2, entry), field(3, text("Opaque")));

    assertThat(ProtobufBody.read(body("Secret", secret)))
        .isEqualTo(
            TestJson.object(
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {password: aHVzaA==},"
                    + " type: Opaque}"));
  }

  @Test
  void otherKindsAreRejected() {
    assertThatThrownBy(() -> ProtobufBody.read(body("Pod", new byte[0])))
        .isInstanceOfSatisfying(
            StatusException.class, thrown -> assertThat(thrown.code()).isEqualTo(415));
  }

  @Test
  void malformedBodiesAreRejected() {
    byte[] whole = body("Namespace", field(1, field(1, text("lab"))));
    assertThat(ProtobufBody.read(whole).at("/metadata/name").asText()).isEqualTo("lab");
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      try {
        ProtobufBody.read(part);
      } catch (StatusException e) {
        assertThat(e.code()).isBetween(400, 415);
      }
    }
  }
}
