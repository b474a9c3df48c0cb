package io.vminventory.api.server;

import io.vminventory.api.server.CertificateRecorder.Recorded;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Trust manager that accepts every certificate, and records what its delegate makes of it. */
final class RecordingTrustManager extends ServerTrustManager {

  private final ServerTrustManager delegate;
  private final AtomicReference<@Nullable Recorded> recorded = new AtomicReference<>();

  RecordingTrustManager(ServerTrustManager delegate) {
    this.delegate = delegate;
  }

  Optional<Recorded> recorded() {
    return Optional.ofNullable(recorded.get());
  }

  @Override
  void verify(X509Certificate[] chain, String authType, SSLEngine engine) {
    Optional<UntrustedServerException> refusal = Optional.empty();
    try {
      delegate.verify(chain, authType, engine);
    } catch (UntrustedServerException e) {
      refusal = Optional.of(e);
    }
    recorded.set(new Recorded(List.of(chain), refusal));
  }

  @Override
  boolean verifies() {
    return false;
  }
}
