package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.testkit.tls.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("embedded")
class ServerTrustTest {

  private static final TestCertificates LOOPBACK = TestCertificates.forLoopback();
  private static final TestCertificates ELSEWHERE =
      TestCertificates.forHosts(List.of("vcenter.example"));
  private static final TestCertificates EXPIRED = TestCertificates.expired();

  private final Path folder;

  ServerTrustTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The setting of a file with the authorities of these certificates. */
  private Map<String, String> trusting(TestCertificates... certificates) throws Exception {
    StringBuilder pem = new StringBuilder("any text before\n");
    for (TestCertificates each : certificates) {
      pem.append(each.caPem());
    }
    return Map.of("ca-file", Files.writeString(folder.resolve("ca.pem"), pem).toString());
  }

  private static Map<String, String> pinning(TestCertificates certificates) {
    return Map.of("thumbprint", certificates.thumbprint());
  }

  private static void opens(TestCertificates certificates, Map<String, String> settings)
      throws Exception {
    try (StubVcenter stub = new StubVcenter(certificates)) {
      stub.open(settings).close();
      assertThat(stub.operations()).contains("Login", "Logout");
    }
  }

  private static void refuses(
      TestCertificates certificates, Map<String, String> settings, String why) throws Exception {
    try (StubVcenter stub = new StubVcenter(certificates)) {
      InventoryException refused =
          catchThrowableOfType(InventoryException.class, () -> stub.open(settings));
      assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
      assertThat(refused)
          .hasMessageContaining(why)
          .hasMessageContaining(certificates.thumbprint())
          .hasMessageContaining("127.0.0.1:" + stub.port());
      assertThat(stub.operations()).isEmpty();
    }
  }

  @Test
  void eachAuthorityOfTheFileIsTrusted() throws Exception {
    opens(LOOPBACK, trusting(ELSEWHERE, LOOPBACK));
  }

  @Test
  void unknownAuthorityIsRefused() throws Exception {
    refuses(LOOPBACK, Map.of(), "no known authority");
    refuses(LOOPBACK, trusting(ELSEWHERE), "set ca-file");
  }

  @Test
  void certificateForAnotherHostIsRefusedEvenIfItsAuthorityIsTrusted() throws Exception {
    refuses(ELSEWHERE, trusting(ELSEWHERE), "for another host name");
  }

  @Test
  void expiredCertificateIsRefusedEvenIfItsAuthorityIsTrusted() throws Exception {
    refuses(EXPIRED, trusting(EXPIRED), "expired");
  }

  @Test
  void pinnedCertificateIsTrustedWhateverItsHostAndDates() throws Exception {
    for (TestCertificates certificates : List.of(LOOPBACK, ELSEWHERE, EXPIRED)) {
      opens(certificates, pinning(certificates));
    }
  }

  @Test
  void otherCertificateThanThePinnedOneIsRefused() throws Exception {
    refuses(LOOPBACK, pinning(ELSEWHERE), "configured thumbprint");
  }

  @Test
  void insecureTrustsEveryCertificate() throws Exception {
    opens(EXPIRED, Map.of("insecure", "true"));
  }
}
