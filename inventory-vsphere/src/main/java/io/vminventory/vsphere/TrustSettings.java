package io.vminventory.vsphere;

import io.vminventory.api.ProviderSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads whom an administrator trusts: an authority, a certificate, anybody, or as the JDK does. */
final class TrustSettings {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-fA-F]{40}");

  private TrustSettings() {}

  /**
   * Reads {@code ca-file}, {@code thumbprint} and {@code insecure}; what is wrong, the reader
   * notes.
   *
   * @param plain whether the server is reached without TLS, so that there is nobody to trust
   */
  static ServerTrust read(ProviderSettings.Reader reader, boolean plain) {
    Optional<String> caFile = reader.text("ca-file");
    Optional<String> thumbprint = reader.text("thumbprint");
    boolean insecure = reader.flag("insecure", false);
    checkTogether(reader, caFile, thumbprint, insecure, plain);
    return trust(reader, caFile, thumbprint, insecure);
  }

  private static void checkTogether(
      ProviderSettings.Reader reader,
      Optional<String> caFile,
      Optional<String> thumbprint,
      boolean insecure,
      boolean plain) {
    Optional<String> insecureText = insecure ? Optional.of("true") : Optional.empty();
    long given = Stream.of(caFile, thumbprint, insecureText).filter(Optional::isPresent).count();
    String wrong =
        plain
            ? "means nothing with an http:// host; remove it, or write https://"
            : "goes with no other of ca-file, thumbprint and insecure; keep one of them";
    if (given > 1 || (plain && given == 1)) {
      caFile.ifPresent(value -> reader.problem("ca-file", value, wrong));
      thumbprint.ifPresent(value -> reader.problem("thumbprint", value, wrong));
      insecureText.ifPresent(value -> reader.problem("insecure", value, wrong));
    }
  }

  private static ServerTrust trust(
      ProviderSettings.Reader reader,
      Optional<String> caFile,
      Optional<String> thumbprint,
      boolean insecure) {
    Optional<List<X509Certificate>> authorities = caFile.map(path -> authorities(reader, path));
    Optional<byte[]> pin = thumbprint.map(text -> sha256(reader, text));
    try {
      if (insecure) {
        return ServerTrust.ofAnybody();
      } else if (pin.isPresent()) {
        return ServerTrust.ofThumbprint(pin.get());
      } else if (authorities.isPresent()) {
        return ServerTrust.ofAuthorities(authorities.get());
      }
      return ServerTrust.ofJdk();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java platform cannot make a trust store", e);
    }
  }

  private static List<X509Certificate> authorities(ProviderSettings.Reader reader, String path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(path)))) {
      Collection<? extends java.security.cert.Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!certificates.isEmpty()) {
        return certificates.stream().map(X509Certificate.class::cast).toList();
      }
      reader.problem("ca-file", path, "holds no certificate; it takes PEM, one or many");
    } catch (IOException | InvalidPathException e) {
      reader.problem("ca-file", path, "cannot be read (" + e.getClass().getSimpleName() + ")");
    } catch (GeneralSecurityException e) {
      reader.problem("ca-file", path, "is not a file of PEM certificates");
    }
    return List.of();
  }

  private static byte[] sha256(ProviderSettings.Reader reader, String text) {
    String hex = text.replace(":", "");
    if (SHA_256.matcher(hex).matches()) {
      return HexFormat.of().parseHex(hex);
    }
    String remedy = "; see openssl x509 -noout -fingerprint -sha256";
    reader.problem(
        "thumbprint",
        text,
        (SHA_1.matcher(hex).matches()
                ? "is a SHA-1 digest, which is not safe; the SHA-256 one is needed"
                : "is not a SHA-256 digest of 64 hexadecimal digits")
            + remedy);
    return new byte[0];
  }
}
