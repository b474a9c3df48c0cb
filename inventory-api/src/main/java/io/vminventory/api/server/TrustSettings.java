package io.vminventory.api.server;

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

/** Reader of the trust settings: the one place that knows their names and checks them. */
final class TrustSettings {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-fA-F]{40}");

  private TrustSettings() {}

  /** See {@link ServerTrust#read}. */
  static ServerTrustManager read(ProviderSettings.Reader reader, boolean plainHttp) {
    Optional<String> caFile = reader.text("ca-file");
    Optional<String> thumbprint = reader.text("thumbprint");
    boolean insecure = reader.flag("insecure", false);
    checkCombination(reader, caFile, thumbprint, insecure, plainHttp);
    return trust(reader, caFile, thumbprint, insecure);
  }

  private static void checkCombination(
      ProviderSettings.Reader reader,
      Optional<String> caFile,
      Optional<String> thumbprint,
      boolean insecure,
      boolean plainHttp) {
    Optional<String> insecureText = insecure ? Optional.of("true") : Optional.empty();
    long given = Stream.of(caFile, thumbprint, insecureText).filter(Optional::isPresent).count();
    String wrong =
        plainHttp
            ? "has no effect with an http:// host; remove it, or write https://"
            : "cannot be combined with another of ca-file, thumbprint and insecure; keep one of them";
    if (given > 1 || (plainHttp && given == 1)) {
      caFile.ifPresent(value -> reader.problem("ca-file", value, wrong));
      thumbprint.ifPresent(value -> reader.problem("thumbprint", value, wrong));
      insecureText.ifPresent(value -> reader.problem("insecure", value, wrong));
    }
  }

  private static ServerTrustManager trust(
      ProviderSettings.Reader reader,
      Optional<String> caFile,
      Optional<String> thumbprint,
      boolean insecure) {
    Optional<List<X509Certificate>> authorities = caFile.map(path -> authorities(reader, path));
    Optional<byte[]> pin = thumbprint.map(text -> sha256(reader, text));
    try {
      if (insecure) {
        return ServerTrustManager.acceptingAll();
      } else if (pin.isPresent()) {
        return ServerTrustManager.ofThumbprint(pin.get());
      } else if (authorities.isPresent()) {
        return ServerTrustManager.ofAuthorities(authorities.get());
      }
      return ServerTrustManager.ofJdk();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has a trust store", e);
    }
  }

  private static List<X509Certificate> authorities(ProviderSettings.Reader reader, String path) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(path)))) {
      Collection<? extends java.security.cert.Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!certificates.isEmpty()) {
        return certificates.stream().map(X509Certificate.class::cast).toList();
      }
      reader.problem(
          "ca-file", path, "contains no certificate; set a file with one or more PEM certificates");
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
    String wrong =
        SHA_1.matcher(hex).matches()
            ? "is a SHA-1 digest, which is not safe"
            : "is not a SHA-256 digest of 64 hexadecimal digits";
    reader.problem(
        "thumbprint",
        text,
        wrong + "; set the one that openssl x509 -noout -fingerprint -sha256 prints");
    return new byte[0];
  }
}
