package io.vminventory.vsphere;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an administrator configured for one vCenter, checked.
 *
 * @param endpoint where SOAP is spoken, such as {@code https://vcenter.example.com/sdk}
 * @param trust whom to believe
 * @param verified whether somebody in between would be noticed
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for a whole call, the body of its answer included
 * @param pageSize how many objects to ask for at once
 * @param pollInterval the least time between two reads of one session
 */
record VsphereSettings(
    URI endpoint,
    ServerTrust trust,
    boolean verified,
    Duration connectTimeout,
    Duration requestTimeout,
    int pageSize,
    Duration pollInterval) {

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-fA-F]{40}");
  private static final int MOST_PER_PAGE = 10_000;

  static VsphereSettings of(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    URI endpoint = endpoint(reader);
    Optional<String> caFile = reader.text("ca-file");
    Optional<String> thumbprint = reader.text("thumbprint");
    boolean insecure = reader.flag("insecure", false);
    Duration requestTimeout =
        reader.duration(
            "request-timeout", Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofHours(1));
    Duration connectTimeout =
        reader.duration(
            "connect-timeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(5));
    Duration pollInterval =
        reader.duration(
            "poll-interval", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofDays(1));
    int pageSize = pageSize(reader);

    boolean plain = endpoint.getScheme().equals("http");
    checkTogether(reader, caFile, thumbprint, insecure, plain);
    ServerTrust trust = trust(reader, caFile, thumbprint, insecure);
    reader.finish();
    return new VsphereSettings(
        endpoint,
        trust,
        !insecure && !plain,
        connectTimeout,
        requestTimeout,
        pageSize,
        pollInterval);
  }

  /** {@code host:port} of a server, for people. */
  String server() {
    return endpoint.getHost() + ":" + port();
  }

  private int port() {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return endpoint.getScheme().equals("http") ? 80 : 443;
  }

  private static URI endpoint(ProviderSettings.Reader reader) {
    URI none = URI.create("https://unknown.invalid/sdk");
    String value = reader.required("host");
    if (value.isEmpty()) {
      return none;
    }
    String remedy = "; write for example vcenter.example.com or vcenter.example.com:8443";
    if (value.contains("@")) {
      reader.problem("host", "...", "must not hold an account; accounts belong to tenants");
      return none;
    }
    try {
      URI uri = new URI(value.contains("://") ? value : "https://" + value);
      if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
        reader.problem("host", value, "is not a host, host:port or https URL" + remedy);
      } else if (!uri.getScheme().equals("https") && !uri.getScheme().equals("http")) {
        reader.problem("host", value, "has neither the scheme https nor http" + remedy);
      } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        reader.problem("host", value, "must not have a query or a fragment" + remedy);
      } else {
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return uri.resolve(bare ? "/sdk" : uri.getRawPath());
      }
    } catch (URISyntaxException e) {
      reader.problem("host", value, "is not a host, host:port or https URL" + remedy);
    }
    return none;
  }

  private static int pageSize(ProviderSettings.Reader reader) {
    String value = reader.text("page-size").orElse("500");
    try {
      int size = Integer.parseInt(value);
      if (size >= 1 && size <= MOST_PER_PAGE) {
        return size;
      }
    } catch (NumberFormatException notANumber) {
      // said below, with what would be right
    }
    reader.problem("page-size", value, "is not a number from 1 to " + MOST_PER_PAGE);
    return 1;
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
