package io.vminventory.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.ProviderSettings;
import io.vminventory.api.server.UntrustedServerException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same handshakes with a context that refuses and with one that only records the refusal. */
@Timeout(60)
@Tag("slow")
class CertificateRecorderTest {

  private final Path folder;

  CertificateRecorderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void trustedCertificateIsRecordedWithoutARefusal() throws Exception {
    TlsPeer server = TlsPeer.forHost(folder, "server.example");
    String authority = server.writePem(folder.resolve("ca.pem")).toString();
    String thumbprint = ServerTrust.thumbprint(server.certificate());
    for (Map<String, String> settings :
        List.of(
            Map.of("ca-file", authority),
            Map.of("thumbprint", thumbprint),
            Map.of("insecure", "true"))) {
      ServerTrust trust = trust(settings);
      CertificateRecorder recorder = new CertificateRecorder(trust);
      assertThat(recorder.recorded()).isEmpty();

      server.connect(trust.sslContext());
      server.connect(recorder.sslContext());

      CertificateRecorder.Recorded recorded = recorder.recorded().orElseThrow();
      assertThat(recorded.chain()).containsExactly(server.certificate());
      assertThat(recorded.refusal()).isEmpty();
    }
  }

  @Test
  void refusedCertificateIsRecordedWithItsReason() throws Exception {
    TlsPeer server = TlsPeer.forHost(folder, "elsewhere.example");
    String authority = server.writePem(folder.resolve("ca.pem")).toString();

    refuses(server, Map.of(), Reason.UNKNOWN_ISSUER);
    refuses(server, Map.of("ca-file", authority), Reason.HOST_MISMATCH);
    refuses(server, Map.of("thumbprint", "ab".repeat(32)), Reason.THUMBPRINT_MISMATCH);
  }

  private static void refuses(TlsPeer server, Map<String, String> settings, Reason reason)
      throws Exception {
    ServerTrust trust = trust(settings);
    SSLException failure =
        catchThrowableOfType(SSLException.class, () -> server.connect(trust.sslContext()));
    UntrustedServerException refusal = UntrustedServerException.findIn(failure).orElseThrow();
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.thumbprint()).isEqualTo(ServerTrust.thumbprint(server.certificate()));
    assertThat(refusal.problem()).contains(refusal.thumbprint());
    assertThat(refusal.remedy()).contains("set thumbprint to this one");

    CertificateRecorder recorder = new CertificateRecorder(trust);
    server.connect(recorder.sslContext());
    Optional<UntrustedServerException> recorded = recorder.recorded().orElseThrow().refusal();
    assertThat(recorded.orElseThrow().reason()).isEqualTo(reason);
  }

  private static ServerTrust trust(Map<String, String> settings) throws Exception {
    ProviderSettings.Reader reader = new ProviderSettings("test", settings).read();
    ServerTrust trust = ServerTrust.read(reader, false);
    reader.finish();
    return trust;
  }
}
