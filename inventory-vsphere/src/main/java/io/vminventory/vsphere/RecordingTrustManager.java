package io.vminventory.vsphere;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Lets everybody in, and remembers what another trust says of the certificates that were shown. So
 * one can look at a server that is not believed, provided that nothing secret is sent to it.
 */
final class RecordingTrustManager extends ServerTrust {

  /**
   * What was shown.
   *
   * @param chain the server's own certificate first
   * @param refusal why it is not believed; empty if it is
   */
  record Seen(List<X509Certificate> chain, Optional<CertificateException> refusal) {}

  private final ServerTrust judge;
  private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

  RecordingTrustManager(ServerTrust judge) {
    this.judge = judge;
  }

  /** The last certificates that were shown; empty if none were. */
  Optional<Seen> seen() {
    return Optional.ofNullable(seen.get());
  }

  @Override
  void verify(X509Certificate[] chain, String authType, SSLEngine engine) {
    Optional<CertificateException> refusal = Optional.empty();
    try {
      judge.verify(chain, authType, engine);
    } catch (CertificateException e) {
      refusal = Optional.of(e);
    }
    seen.set(new Seen(List.of(chain), refusal));
  }
}
