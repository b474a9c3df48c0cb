package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.api.server.ServerTrust;
import io.vminventory.testkit.tls.TestCertificates;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ProbeResultsTest {

  private static final X509Certificate CERTIFICATE = certificate(TestCertificates.forLoopback());
  private static final Instant END = CERTIFICATE.getNotAfter().toInstant();
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "31,OK,'for 31 more days',''",
    "30,OK,'for 30 more days',''",
    "29,WARNING,'for 29 more days',renew it in time",
    "0,WARNING,'for 0 more days',renew it in time",
    "-1,WARNING,'expired on',renew it"
  })
  void certificateThatExpiresSoonIsAWarning(int days, Level level, String detail, String remedy) {
    Instant now = END.minus(Duration.ofDays(days));

    CheckResult result = ProbeResults.trusted(List.of(CERTIFICATE), now);

    assertThat(result.level()).isEqualTo(level);
    assertThat(result.detail())
        .contains(detail, ServerTrust.thumbprint(CERTIFICATE), END.toString())
        .doesNotContain("issuer");
    assertThat(result.remedy()).startsWith(remedy);
  }

  @Test
  void firstCertificateOfTheChainToExpireCounts() {
    X509Certificate longer = certificate(TestCertificates.forLoopback());
    X509Certificate expired = certificate(TestCertificates.expired());

    CheckResult result = ProbeResults.trusted(List.of(longer, expired), Instant.now());

    assertThat(result.detail())
        .contains(ServerTrust.thumbprint(longer))
        .contains(expired.getNotAfter().toInstant().toString())
        .contains("that of its issuer CN=Test CA");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'Thu, 26 Nov 2026 12:00:00 GMT',OK,0 s ahead of ours",
        "'Thu, 26 Nov 2026 11:59:00 GMT',OK,60 s behind ours",
        "'Thu, 26 Nov 2026 11:58:59 GMT',WARNING,61 s behind ours",
        "'Thu, 26 Nov 2026 12:01:01 GMT',WARNING,61 s ahead of ours",
        "'Thu, 26 Nov 2037 12:00:00 GMT',WARNING,347155200 s ahead of ours",
        "yesterday,SKIPPED,the server does not send its time",
        "-,SKIPPED,the server does not send its time"
      })
  void clockThatIsOffByMoreThanAMinuteIsAWarning(
      @Nullable String header, Level level, String detail) {
    CheckResult result = ProbeResults.clock(Optional.ofNullable(header), NOW);

    assertThat(result.level()).isEqualTo(level);
    assertThat(result.detail()).isEqualTo(detail);
    assertThat(result.remedy().isEmpty()).isEqualTo(level != Level.WARNING);
  }

  private static X509Certificate certificate(TestCertificates certificates) {
    try {
      byte[] pem = certificates.caPem().getBytes(StandardCharsets.US_ASCII);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem));
    } catch (CertificateException e) {
      throw new AssertionError(e);
    }
  }
}
