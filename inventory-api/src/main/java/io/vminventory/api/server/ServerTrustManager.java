package io.vminventory.api.server;

import io.vminventory.api.server.UntrustedServerException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trust manager for one server.
 *
 * <p>It is an <em>extended</em> trust manager: the JDK leaves the check of the host name to those,
 * so the choice of the class decides about that check, not a property of the whole process.
 */
abstract class ServerTrustManager extends X509ExtendedTrustManager {

  /** Verifies that the chain, which is not empty, belongs to the peer of the engine. */
  abstract void verify(X509Certificate[] chain, String authType, SSLEngine engine)
      throws UntrustedServerException;

  /** Whether it refuses any certificate. */
  abstract boolean verifies();

  /** The JDK's authorities, with a check of the host name. */
  static ServerTrustManager ofJdk() throws GeneralSecurityException {
    return new Authorities(extended(null));
  }

  /** These authorities and no others, with a check of the host name. */
  static ServerTrustManager ofAuthorities(Collection<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return new Authorities(extended(store));
  }

  /** Exactly the certificate with this SHA-256 digest, whatever host name and dates it has. */
  static ServerTrustManager ofThumbprint(byte[] sha256) {
    return new Pinned(sha256);
  }

  /** Every certificate: the connection is encrypted, but its peer is not verified. */
  static ServerTrustManager acceptingAll() {
    return new AcceptAll();
  }

  SSLContext newContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {this}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static X509ExtendedTrustManager extended(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no extended X.509 trust manager");
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    verify(chain, authType, engine);
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyEngines();
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private static CertificateException onlyEngines() {
    return new CertificateException("only connections by an SSLEngine are supported");
  }

  private static final class Authorities extends ServerTrustManager {
    private final X509ExtendedTrustManager authorities;

    private Authorities(X509ExtendedTrustManager authorities) {
      this.authorities = authorities;
    }

    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine)
        throws UntrustedServerException {
      try {
        authorities.checkServerTrusted(chain, authType, engine);
      } catch (CertificateException refused) {
        throw new UntrustedServerException(reason(chain, authType), chain[0], refused);
      }
    }

    /** A chain that passes without the check of the host name was refused for that name. */
    private Reason reason(X509Certificate[] chain, String authType) {
      try {
        authorities.checkServerTrusted(chain, authType);
        return Reason.HOST_MISMATCH;
      } catch (CertificateException untrusted) {
        return isOutOfDate(chain[0]) ? Reason.OUT_OF_DATE : Reason.UNKNOWN_ISSUER;
      }
    }

    private static boolean isOutOfDate(X509Certificate certificate) {
      try {
        certificate.checkValidity();
        return false;
      } catch (CertificateException expiredOrNotYetValid) {
        return true;
      }
    }

    @Override
    boolean verifies() {
      return true;
    }
  }

  private static final class Pinned extends ServerTrustManager {
    private final byte[] expected;

    private Pinned(byte[] expected) {
      this.expected = expected.clone();
    }

    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine)
        throws UntrustedServerException {
      if (!MessageDigest.isEqual(expected, ServerTrust.sha256(chain[0]))) {
        throw new UntrustedServerException(Reason.THUMBPRINT_MISMATCH, chain[0]);
      }
    }

    @Override
    boolean verifies() {
      return true;
    }
  }

  private static final class AcceptAll extends ServerTrustManager {
    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    boolean verifies() {
      return false;
    }
  }
}
