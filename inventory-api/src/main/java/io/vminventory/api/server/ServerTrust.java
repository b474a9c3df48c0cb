package io.vminventory.api.server;

import io.vminventory.api.ProviderSettings;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;

/**
 * TLS trust for one server, and for that server alone: no property of the process is read or
 * changed. Immutable and thread-safe.
 *
 * <p>Administrators choose one of four kinds by settings:
 *
 * <ul>
 *   <li>none set (the default): an authority that the JDK trusts must have signed the certificate,
 *       and the host name must match;
 *   <li>{@code ca-file}, the path of a file with one or more PEM certificates: one of these
 *       authorities and no other must have signed it, and the host name must match;
 *   <li>{@code thumbprint}, a SHA-256 digest in hexadecimal digits, with or without colons: exactly
 *       this certificate is accepted, whatever host name and dates it has;
 *   <li>{@code insecure=true}: every certificate is accepted, so the server is not verified.
 * </ul>
 */
public final class ServerTrust {

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private final ServerTrustManager manager;

  ServerTrust(ServerTrustManager manager) {
    this.manager = manager;
  }

  /**
   * Trust from the settings {@code ca-file}, {@code thumbprint} and {@code insecure}. The file is
   * read once, here. The reader records mistakes as problems: an unusable value, two of the
   * settings together, or any of them for a server without TLS. Use the result only after {@link
   * ProviderSettings.Reader#finish()} has found no problem.
   *
   * @param plainHttp whether the server is reached without TLS, so that there is nothing to verify
   */
  public static ServerTrust read(ProviderSettings.Reader settings, boolean plainHttp) {
    return new ServerTrust(TrustSettings.read(settings, plainHttp));
  }

  /**
   * A new TLS context that accepts the server by this trust, for {@code java.net.http.HttpClient}
   * and other clients that use an {@code SSLEngine}; it accepts no peer of an {@code SSLSocket}. A
   * refused handshake fails with an {@link UntrustedServerException} among its causes, before the
   * client sends a request.
   */
  public SSLContext sslContext() {
    return manager.newContext();
  }

  /** Whether the server is verified: {@code false} if {@code insecure} is {@code true}. */
  public boolean verifies() {
    return manager.verifies();
  }

  /** The SHA-256 digest of a certificate as {@code openssl x509 -fingerprint -sha256} prints it. */
  public static String thumbprint(X509Certificate certificate) {
    return COLONS.formatHex(sha256(certificate));
  }

  static byte[] sha256(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256 and X.509", e);
    }
  }

  /** The trust manager behind this trust. */
  ServerTrustManager manager() {
    return manager;
  }
}
