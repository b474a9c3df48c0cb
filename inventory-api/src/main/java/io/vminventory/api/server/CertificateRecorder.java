package io.vminventory.api.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Recorder of the certificates that a server presents, for {@linkplain
 * io.vminventory.api.ServerProbe probes}: a refused certificate does not end the connection, so the
 * probe can report the rest of the server as well. <strong>Send nothing secret over such a
 * connection.</strong> Thread-safe.
 */
public final class CertificateRecorder {

  private final RecordingTrustManager manager;

  /**
   * Creates a recorder.
   *
   * @param trust which decides whether a certificate would be accepted
   */
  public CertificateRecorder(ServerTrust trust) {
    manager = new RecordingTrustManager(trust.manager());
  }

  /**
   * Certificates of one handshake.
   *
   * @param chain the server's own certificate first; not empty
   * @param refusal why the trust refuses them; empty if it accepts them
   */
  public record Recorded(List<X509Certificate> chain, Optional<UntrustedServerException> refusal) {

    /** Copies the chain. */
    public Recorded {
      chain = List.copyOf(chain);
    }
  }

  /** A new TLS context that accepts every server; otherwise as {@link ServerTrust#sslContext()}. */
  public SSLContext sslContext() {
    return manager.newContext();
  }

  /** The certificates of the latest handshake; empty if there was none. */
  public Optional<Recorded> recorded() {
    return manager.recorded();
  }
}
