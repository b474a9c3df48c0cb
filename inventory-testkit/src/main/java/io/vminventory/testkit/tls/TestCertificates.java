package io.vminventory.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificate authority with one server certificate, created at run time. Immutable. Every instance
 * has its own authority, so a client that trusts one instance rejects the certificates of another.
 */
public final class TestCertificates {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
  private static final Duration LIFE = Duration.ofDays(2);
  private static final char[] NO_PASSWORD = new char[0];

  private final X509Certificate authority;
  private final X509Certificate server;
  private final KeyPair serverKeys;

  private TestCertificates(List<String> hosts, Instant from, Instant until) {
    try {
      KeyPair authorityKeys = keys();
      X500Name issuer = new X500Name("CN=Test CA");
      authority =
          sign(
              builder(issuer, issuer, 1, authorityKeys, from, until)
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                  .addExtension(
                      Extension.keyUsage,
                      true,
                      new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
              authorityKeys);
      serverKeys = keys();
      X500Name subject = new X500Name("CN=" + hosts.get(0));
      server =
          sign(
              builder(issuer, subject, 2, serverKeys, from, until)
                  .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                  .addExtension(
                      Extension.extendedKeyUsage,
                      false,
                      new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                  .addExtension(Extension.subjectAlternativeName, false, names(hosts)),
              authorityKeys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make certificates", e);
    }
  }

  /** A server certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}. */
  public static TestCertificates forLoopback() {
    return forHosts(LOOPBACK);
  }

  /**
   * A server certificate for these hosts only. A server on loopback can use it as a certificate for
   * the wrong host.
   *
   * @param hosts DNS names or literal IP addresses, at least one
   */
  public static TestCertificates forHosts(List<String> hosts) {
    Instant now = Instant.now();
    return new TestCertificates(hosts, now.minus(LIFE), now.plus(LIFE));
  }

  /** As {@link #forLoopback()}, but valid for this time from now. */
  public static TestCertificates validFor(Duration time) {
    Instant now = Instant.now();
    return new TestCertificates(LOOPBACK, now.minus(LIFE), now.plus(time));
  }

  /** As {@link #forLoopback()}, but expired since yesterday. */
  public static TestCertificates expired() {
    Instant now = Instant.now();
    return new TestCertificates(LOOPBACK, now.minus(LIFE), now.minus(Duration.ofDays(1)));
  }

  /** The certificate of the authority, in PEM. */
  public String caPem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the certificate of the authority to a file, in PEM, and returns the file. */
  public Path writeCaPem(Path file) {
    try {
      return Files.writeString(file, caPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server certificate's SHA-256 as hexadecimal pairs: upper case, with colons. */
  public String thumbprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(server.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS context of a server with the server certificate. */
  public SSLContext serverContext() {
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "server", serverKeys.getPrivate(), NO_PASSWORD, new X509Certificate[] {server});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** TLS context of a client that trusts this authority only. */
  public SSLContext clientContext() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("ca", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, int serial, KeyPair keys, Instant from, Instant until) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        BigInteger.valueOf(serial),
        Date.from(from),
        Date.from(until),
        subject,
        keys.getPublic());
  }

  private static X509Certificate sign(
      org.bouncycastle.cert.X509v3CertificateBuilder builder, KeyPair authorityKeys)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKeys.getPrivate())));
  }

  private static GeneralNames names(List<String> hosts) {
    return new GeneralNames(
        hosts.stream()
            .map(
                host ->
                    new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName,
                        host))
            .toArray(GeneralName[]::new));
  }
}
