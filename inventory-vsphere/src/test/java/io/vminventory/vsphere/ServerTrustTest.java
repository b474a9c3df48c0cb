package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerTrustTest {

  private final Path folder;

  ServerTrustTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static X509Certificate certificate(String keyStore) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = ServerTrustTest.class.getResourceAsStream("/" + keyStore)) {
      keys.load(in, "changeit".toCharArray());
    }
    return (X509Certificate) keys.getCertificate("server");
  }

  /** A PEM file with the certificates of these key stores. */
  private String pem(String... keyStores) throws Exception {
    StringBuilder pem = new StringBuilder("any text before\n");
    for (String keyStore : keyStores) {
      pem.append("-----BEGIN CERTIFICATE-----\n")
          .append(Base64.getMimeEncoder().encodeToString(certificate(keyStore).getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return Files.writeString(folder.resolve("ca.pem"), pem).toString();
  }

  private static void opens(String keyStore, Map<String, String> settings) throws Exception {
    try (StubVcenter stub = new StubVcenter(keyStore)) {
      stub.open(settings).close();
      assertThat(stub.operations()).contains("Login", "Logout");
    }
  }

  private static void refuses(String keyStore, Map<String, String> settings, String why)
      throws Exception {
    try (StubVcenter stub = new StubVcenter(keyStore)) {
      InventoryException refused =
          catchThrowableOfType(InventoryException.class, () -> stub.open(settings));
      assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
      assertThat(refused)
          .hasMessageContaining(why)
          .hasMessageContaining(ServerTrust.thumbprint(certificate(keyStore)))
          .hasMessageContaining("127.0.0.1:" + stub.port());
      assertThat(stub.operations()).isEmpty();
    }
  }

  @Test
  void authorityOfTheFileIsTrustedAmongOthers() throws Exception {
    opens("loopback.p12", Map.of("ca-file", pem("elsewhere.p12", "loopback.p12")));
  }

  @Test
  void unknownAuthorityIsRefused() throws Exception {
    refuses("loopback.p12", Map.of(), "no known authority");
    refuses("loopback.p12", Map.of("ca-file", pem("elsewhere.p12")), "set ca-file");
  }

  @Test
  void certificateForAnotherHostIsRefusedThoughItsAuthorityIsTrusted() throws Exception {
    refuses("elsewhere.p12", Map.of("ca-file", pem("elsewhere.p12")), "for another host name");
  }

  @Test
  void expiredCertificateIsRefused() throws Exception {
    refuses("expired.p12", Map.of("ca-file", pem("loopback.p12")), "expired");
  }

  @Test
  void pinnedCertificateIsTrustedWhateverItSays() throws Exception {
    for (String keyStore : new String[] {"loopback.p12", "elsewhere.p12", "expired.p12"}) {
      opens(keyStore, Map.of("thumbprint", ServerTrust.thumbprint(certificate(keyStore))));
    }
  }

  @Test
  void otherCertificateThanThePinnedOneIsRefused() throws Exception {
    refuses(
        "loopback.p12",
        Map.of("thumbprint", ServerTrust.thumbprint(certificate("elsewhere.p12"))),
        "configured thumbprint");
  }

  @Test
  void insecureTrustsAnybody() throws Exception {
    opens("expired.p12", Map.of("insecure", "true"));
  }
}
