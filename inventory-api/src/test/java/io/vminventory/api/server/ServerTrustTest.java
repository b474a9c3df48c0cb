package io.vminventory.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class ServerTrustTest {

  private static final String THUMBPRINT = "AB:".repeat(31) + "AB";

  private static ServerTrust read(Map<String, String> settings) throws InventoryException {
    return read(settings, false);
  }

  private static ServerTrust read(Map<String, String> settings, boolean plainHttp)
      throws InventoryException {
    ProviderSettings.Reader reader = new ProviderSettings("test", settings).read();
    ServerTrust trust = ServerTrust.read(reader, plainHttp);
    reader.finish();
    return trust;
  }

  private static String refusal(Map<String, String> settings, boolean plainHttp) {
    return catchThrowableOfType(InventoryException.class, () -> read(settings, plainHttp))
        .getMessage();
  }

  private static String refusal(Map<String, String> settings) {
    return refusal(settings, false);
  }

  @Test
  void certificateIsVerifiedUnlessInsecure() throws Exception {
    assertThat(read(Map.of()).verifies()).isTrue();
    assertThat(read(Map.of("insecure", "false")).verifies()).isTrue();
    assertThat(read(Map.of("insecure", "true")).verifies()).isFalse();
  }

  @Test
  void thumbprintIsTakenWithAndWithoutColons() throws Exception {
    assertThat(read(Map.of("thumbprint", THUMBPRINT)).verifies()).isTrue();
    assertThat(read(Map.of("thumbprint", "ab".repeat(32))).verifies()).isTrue();
  }

  @Test
  void wrongThumbprintIsRefusedWithTheCommandThatPrintsOne() {
    assertThat(refusal(Map.of("thumbprint", "ab".repeat(20)))).contains("SHA-1", "openssl x509");
    assertThat(refusal(Map.of("thumbprint", "ab:cd")))
        .contains("thumbprint 'ab:cd' is not a SHA-256 digest", "openssl x509");
  }

  @Test
  void fileWithoutACertificateIsRejected(@TempDir Path folder) throws Exception {
    String empty = Files.writeString(folder.resolve("empty.pem"), "").toString();
    String garbage = Files.writeString(folder.resolve("ca.pem"), "garbage").toString();
    String absent = folder.resolve("absent.pem").toString();

    assertThat(refusal(Map.of("ca-file", empty))).contains(empty, "contains no certificate");
    assertThat(refusal(Map.of("ca-file", garbage))).contains("ca-file", garbage);
    assertThat(refusal(Map.of("ca-file", absent))).contains(absent, "cannot be read", "NoSuchFile");
  }

  @Test
  void settingsCannotBeCombined() {
    assertThat(refusal(Map.of("ca-file", "a.pem", "thumbprint", THUMBPRINT, "insecure", "true")))
        .contains(
            "ca-file 'a.pem' cannot be combined",
            "thumbprint '" + THUMBPRINT + "' cannot be combined",
            "insecure 'true' cannot be combined");
  }

  @Test
  void settingsAreRejectedWithPlainHttp() {
    assertThat(refusal(Map.of("thumbprint", THUMBPRINT), true)).contains("thumbprint", "http://");
  }
}
