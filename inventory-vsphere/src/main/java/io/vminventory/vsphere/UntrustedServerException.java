package io.vminventory.vsphere;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** The server's certificate was refused; it tells why, and which certificate that was. */
final class UntrustedServerException extends CertificateException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a certificate: each has a remedy of its own. */
  enum Reason {
    UNKNOWN_ISSUER,
    OUT_OF_DATE,
    OTHER_HOST,
    OTHER_THUMBPRINT
  }

  private final Reason reason;
  private final String thumbprint;

  UntrustedServerException(Reason reason, X509Certificate certificate, Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.reason = reason;
    this.thumbprint = ServerTrust.thumbprint(certificate);
  }

  UntrustedServerException(Reason reason, X509Certificate certificate) {
    super("not the certificate that was expected");
    this.reason = reason;
    this.thumbprint = ServerTrust.thumbprint(certificate);
  }

  Reason reason() {
    return reason;
  }

  /** The SHA-256 digest of the certificate that the server showed, as {@code openssl} prints it. */
  String thumbprint() {
    return thumbprint;
  }
}
