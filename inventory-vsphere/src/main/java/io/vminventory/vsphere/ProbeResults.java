package io.vminventory.vsphere;

import io.vminventory.api.CheckResult;
import io.vminventory.api.InventoryException;
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

/** Check results for a server's certificate and clock. Pure. */
final class ProbeResults {

  static final String CERTIFICATE = "certificate";
  static final String CLOCK = "clock";

  private static final Duration EXPIRY_WARNING_PERIOD = Duration.ofDays(30);
  private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(60);

  private ProbeResults() {}

  /**
   * The result for a trusted certificate.
   *
   * @param chain the server's own certificate first
   */
  static CheckResult trusted(List<X509Certificate> chain, Instant now) {
    X509Certificate first =
        chain.stream().min(Comparator.comparing(X509Certificate::getNotAfter)).orElseThrow();
    Instant end = first.getNotAfter().toInstant();
    String issuer = first.equals(chain.get(0)) ? "" : " (that of its issuer " + name(first) + ")";
    String detail = "SHA-256 thumbprint %s, ".formatted(ServerTrust.thumbprint(chain.get(0)));
    if (end.isBefore(now)) {
      return CheckResult.warning(
          CERTIFICATE,
          detail
              + "expired on "
              + date(end)
              + issuer
              + ", but still trusted, because the settings name it",
          "renew it, and change the configured thumbprint or ca-file as well");
    }
    long days = Duration.between(now, end).toDays();
    detail += "valid until %s%s, for %d more days".formatted(date(end), issuer, days);
    return end.isBefore(now.plus(EXPIRY_WARNING_PERIOD))
        ? CheckResult.warning(
            CERTIFICATE,
            detail,
            "renew it in time, and change a thumbprint or ca-file that names it as well")
        : CheckResult.ok(CERTIFICATE, detail);
  }

  /**
   * The result for a certificate that is not verified.
   *
   * @param thumbprint of the presented certificate
   */
  static CheckResult unverified(String thumbprint) {
    return CheckResult.warning(
        CERTIFICATE,
        "not verified, because insecure is true: an attacker on the network path can read"
            + " passwords; SHA-256 thumbprint "
            + thumbprint,
        "set ca-file, or thumbprint to this one once you have checked that it is the right one");
  }

  /** The result for a server that is reached without TLS. */
  static CheckResult plain() {
    return CheckResult.warning(
        CERTIFICATE,
        "none, because the host is an http:// address: an attacker on the network path can read"
            + " passwords",
        "write https://");
  }

  /**
   * The result for a refused certificate.
   *
   * @param refusal why it was refused
   */
  static CheckResult refused(InventoryException refusal, X509Certificate presented) {
    String detail =
        refusal.problem()
            + " (for %s, valid from %s until %s)"
                .formatted(
                    names(presented),
                    date(presented.getNotBefore().toInstant()),
                    date(presented.getNotAfter().toInstant()));
    return CheckResult.failed(CERTIFICATE, detail, refusal.remedy());
  }

  /**
   * The result for the difference between two clocks.
   *
   * @param header the {@code Date} that the server sent
   * @param now the local time at that moment
   */
  static CheckResult clock(Optional<String> header, Instant now) {
    Optional<Instant> time = header.flatMap(ProbeResults::parse);
    if (time.isEmpty()) {
      return CheckResult.skipped(CLOCK, "the server does not send its time");
    }
    Duration ahead = Duration.between(now, time.get());
    String detail =
        "%d s %s ours"
            .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    return ahead.abs().compareTo(MAX_CLOCK_SKEW) > 0
        ? CheckResult.warning(
            CLOCK, detail, "set both clocks by NTP: certificates and logs depend on the time")
        : CheckResult.ok(CLOCK, detail);
  }

  private static Optional<Instant> parse(String header) {
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

  /** The hosts for which a certificate is valid. */
  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null && !names.isEmpty()) {
        return VimText.quote(
            names.stream()
                .map(name -> String.valueOf(name.get(1)))
                .collect(Collectors.joining(", ")));
      }
    } catch (CertificateParsingException e) {
      return "unreadable names";
    }
    return name(certificate);
  }

  private static String name(X509Certificate certificate) {
    return VimText.quote(certificate.getSubjectX500Principal().getName());
  }
}
