package io.vminventory.vsphere;

import io.vminventory.api.CheckResult;
import io.vminventory.api.server.ServerTrust;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is to be said of a server's certificate and clock. Pure. */
final class ProbeResults {

  static final String CERTIFICATE = "certificate";
  static final String CLOCK = "clock";

  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  private ProbeResults() {}

  /**
   * Of a certificate that is believed.
   *
   * @param chain the server's own first
   */
  static CheckResult believed(List<X509Certificate> chain, Instant now) {
    X509Certificate first =
        chain.stream().min(Comparator.comparing(X509Certificate::getNotAfter)).orElseThrow();
    Instant end = first.getNotAfter().toInstant();
    String whose = first.equals(chain.get(0)) ? "" : " (that of its issuer " + name(first) + ")";
    String what = "SHA-256 thumbprint %s, ".formatted(ServerTrust.thumbprint(chain.get(0)));
    if (end.isBefore(now)) {
      return CheckResult.warning(
          CERTIFICATE,
          what
              + "expired on "
              + date(end)
              + whose
              + ", and trusted all the same, since it is named itself",
          "renew it; the thumbprint or ca-file that is configured changes with it");
    }
    long days = Duration.between(now, end).toDays();
    what += "valid until %s%s, for %d more days".formatted(date(end), whose, days);
    return end.isBefore(now.plus(SOON))
        ? CheckResult.warning(
            CERTIFICATE,
            what,
            "renew it in time; a thumbprint or ca-file that names it changes with it")
        : CheckResult.ok(CERTIFICATE, what);
  }

  /**
   * Of a certificate that nobody verifies.
   *
   * @param thumbprint of what was shown
   */
  static CheckResult unverified(String thumbprint) {
    return CheckResult.warning(
        CERTIFICATE,
        "not verified, since insecure is true: whoever is in between can read passwords; SHA-256"
            + " thumbprint "
            + thumbprint,
        "set ca-file, or thumbprint to this one once you have checked that it is the right one");
  }

  /** Of a server that is reached without TLS. */
  static CheckResult plain() {
    return CheckResult.warning(
        CERTIFICATE,
        "none, since the host is an http:// address: whoever is in between can read passwords",
        "write https://");
  }

  /**
   * Of a certificate that is refused.
   *
   * @param message why, and the remedy
   */
  static CheckResult refused(String message, X509Certificate shown) {
    CheckResult why = CheckResult.failed(CERTIFICATE, message);
    String what =
        why.detail()
            + " (for %s, valid from %s until %s)"
                .formatted(
                    names(shown),
                    date(shown.getNotBefore().toInstant()),
                    date(shown.getNotAfter().toInstant()));
    return CheckResult.failed(CERTIFICATE, what, why.remedy());
  }

  /**
   * Of the difference between two clocks.
   *
   * @param header the {@code Date} that the server told
   * @param now our time then
   */
  static CheckResult clock(Optional<String> header, Instant now) {
    Optional<Instant> told = header.flatMap(ProbeResults::time);
    if (told.isEmpty()) {
      return CheckResult.skipped(CLOCK, "the server does not tell its time");
    }
    Duration ahead = Duration.between(now, told.get());
    String what =
        "%d s %s ours"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    return ahead.abs().compareTo(MOST_SKEW) > 0
        ? CheckResult.warning(
            CLOCK, what, "set both clocks by NTP: certificates and logs depend on the time")
        : CheckResult.ok(CLOCK, what);
  }

  private static Optional<Instant> time(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String date(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The hosts that a certificate is for. */
  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null && !names.isEmpty()) {
        return Texts.quote(
            names.stream()
                .map(name -> String.valueOf(name.get(1)))
                .collect(Collectors.joining(", ")));
      }
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
    return name(certificate);
  }

  private static String name(X509Certificate certificate) {
    return Texts.quote(certificate.getSubjectX500Principal().getName());
  }
}
