package io.vminventory.vsphere;

import io.vminventory.vsphere.UntrustedServerException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a server is the one it claims to be, for one server alone.
 *
 * <p>It is an <em>extended</em> trust manager: to those the JDK leaves the host name as well, so
 * that checking it is switched by the choice of the class and by no property of the whole process.
 */
abstract class ServerTrust extends X509ExtendedTrustManager {

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** Throws if the chain, which is not empty, does not belong to the peer of the engine. */
  abstract void verify(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException;

  /** The JDK's authorities, and the host name has to match. */
  static ServerTrust ofJdk() throws GeneralSecurityException {
    return new Authorities(extended(null));
  }

  /** These authorities and no others, and the host name has to match. */
  static ServerTrust ofAuthorities(Collection<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return new Authorities(extended(store));
  }

  /** Exactly the certificate with this SHA-256 digest, whatever name and dates it bears. */
  static ServerTrust ofThumbprint(byte[] sha256) {
    return new Pinned(sha256);
  }

  /** Everybody. The connection is secret, but nobody knows with whom. */
  static ServerTrust ofAnybody() {
    return new Anybody();
  }

  /** Whether an impostor would be noticed. */
  boolean verifies() {
    return !(this instanceof Anybody);
  }

  SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {this}, null);
    return context;
  }

  /** The SHA-256 digest of a certificate as {@code openssl x509 -fingerprint -sha256} prints it. */
  static String thumbprint(X509Certificate certificate) {
    return COLONS.formatHex(sha256(certificate));
  }

  private static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256 and X.509", e);
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
    return new CertificateException("this trust manager serves the HTTP client alone");
  }

  private static final class Authorities extends ServerTrust {
    private final X509ExtendedTrustManager authorities;

    private Authorities(X509ExtendedTrustManager authorities) {
      this.authorities = authorities;
    }

    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      try {
        authorities.checkServerTrusted(chain, authType, engine);
      } catch (CertificateException refused) {
        throw new UntrustedServerException(why(chain, authType), chain[0], refused);
      }
    }

    /** A chain that is in order when nobody asks for the host name was refused for that name. */
    private Reason why(X509Certificate[] chain, String authType) {
      try {
        authorities.checkServerTrusted(chain, authType);
        return Reason.OTHER_HOST;
      } catch (CertificateException untrusted) {
        return outOfDate(chain[0]) ? Reason.OUT_OF_DATE : Reason.UNKNOWN_ISSUER;
      }
    }

    private static boolean outOfDate(X509Certificate certificate) {
      try {
        certificate.checkValidity();
        return false;
      } catch (CertificateException expiredOrNotYetValid) {
        return true;
      }
    }
  }

  private static final class Pinned extends ServerTrust {
    private final byte[] expected;

    private Pinned(byte[] expected) {
      this.expected = expected.clone();
    }

    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      if (!MessageDigest.isEqual(expected, sha256(chain[0]))) {
        throw new UntrustedServerException(Reason.OTHER_THUMBPRINT, chain[0]);
      }
    }
  }

  private static final class Anybody extends ServerTrust {
    @Override
    void verify(X509Certificate[] chain, String authType, SSLEngine engine) {}
  }
}
