package io.vminventory.api.server;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Refusal of a server's certificate by a {@link ServerTrust}. HTTP clients wrap it in exceptions of
 * their own; {@link #findIn} finds it there. Its message is for logs; compose the message for
 * people from {@link #problem()} and {@link #remedy()}.
 */
public final class UntrustedServerException extends CertificateException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_CAUSES = 20;

  /** Kinds of refusals: each has a remedy of its own. */
  public enum Reason {
    /** No trusted authority has signed the certificate. */
    UNKNOWN_ISSUER,
    /** It has expired, or is not valid yet. */
    OUT_OF_DATE,
    /** It is for other host names. */
    HOST_MISMATCH,
    /** It is not the one with the configured thumbprint. */
    THUMBPRINT_MISMATCH
  }

  private final Reason reason;
  private final String thumbprint;

  UntrustedServerException(Reason reason, X509Certificate certificate, Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.reason = reason;
    this.thumbprint = ServerTrust.thumbprint(certificate);
  }

  UntrustedServerException(Reason reason, X509Certificate certificate) {
    super("not the expected certificate");
    this.reason = reason;
    this.thumbprint = ServerTrust.thumbprint(certificate);
  }

  /** The refusal among an exception and its causes; empty if something else failed. */
  public static Optional<UntrustedServerException> findIn(Throwable failure) {
    Throwable current = failure;
    for (int i = 0; i < MAX_CAUSES && current != null; i++) {
      if (current instanceof UntrustedServerException refusal) {
        return Optional.of(refusal);
      }
      current = current.getCause();
    }
    return Optional.empty();
  }

  /** Why the certificate was refused. */
  public Reason reason() {
    return reason;
  }

  /** The SHA-256 digest of the presented certificate, as {@link ServerTrust#thumbprint} has it. */
  public String thumbprint() {
    return thumbprint;
  }

  /**
   * What is wrong, to be put after the name of the server: {@code presents a certificate (SHA-256
   * thumbprint ...) that is expired or not valid yet}.
   */
  public String problem() {
    String wrong =
        switch (reason) {
          case UNKNOWN_ISSUER -> "that no known authority has signed";
          case OUT_OF_DATE -> "that is expired or not valid yet";
          case HOST_MISMATCH -> "for another host name";
          case THUMBPRINT_MISMATCH -> "that is not the one with the configured thumbprint";
        };
    return "presents a certificate (SHA-256 thumbprint " + thumbprint + ") " + wrong;
  }

  /** What the administrator should do, by the names of the settings. */
  public String remedy() {
    String pin = "set thumbprint to this one once you have checked that it is the right one";
    return switch (reason) {
      case UNKNOWN_ISSUER -> "set ca-file to the certificate of its authority, or " + pin;
      case OUT_OF_DATE -> "renew it, or " + pin;
      case HOST_MISMATCH -> "set host to a name that is in the certificate, or " + pin;
      case THUMBPRINT_MISMATCH -> "if it was renewed, " + pin;
    };
  }
}
