package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("embedded")
class VsphereProbeTest {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(20);
  private static final TestCertificates LOOPBACK = TestCertificates.validFor(Duration.ofDays(60));
  private static final TestCertificates ELSEWHERE =
      TestCertificates.forHosts(List.of("vcenter.example"));
  private static final TestCertificates EXPIRED = TestCertificates.expired();

  private final Path folder;

  VsphereProbeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void healthyServerIsProbedWithoutAnAccount() throws Exception {
    try (StubVcenter stub = new StubVcenter(LOOPBACK)) {
      Results results = probe(stub, trusting(LOOPBACK));

      assertThat(results.all())
          .extracting(CheckResult::subject)
          .containsExactly("connection", "certificate", "service", "clock");
      assertThat(results.of("connection"))
          .isEqualTo(CheckResult.ok("connection", "127.0.0.1:" + stub.port() + " answers"));
      assertThat(results.of("service")).isEqualTo(CheckResult.ok("service", "Stub vCenter 9"));
      assertThat(results.of("certificate").level()).isEqualTo(Level.OK);
      assertThat(results.of("certificate").detail())
          .contains("thumbprint " + LOOPBACK.thumbprint(), "for 59 more days");
      assertThat(results.of("clock").level()).isEqualTo(Level.OK);
      assertThat(stub.operations()).containsExactly("RetrieveServiceContent");
      assertThat(stub.requests()).allMatch(request -> request.startsWith("null "));
    }
  }

  @Test
  void refusedCertificateIsExplainedAndTheRestIsProbed() throws Exception {
    refused(LOOPBACK, Map.of(), "no known authority has signed", "set ca-file");
    refused(LOOPBACK, trusting(ELSEWHERE), "no known authority has signed", "set ca-file");
    refused(EXPIRED, trusting(EXPIRED), "that is expired or not valid yet", "renew it");
    refused(
        ELSEWHERE, trusting(ELSEWHERE), "for another host name (for vcenter.example", "set host");
    refused(
        LOOPBACK,
        Map.of("thumbprint", ELSEWHERE.thumbprint()),
        "that is not the one with the configured thumbprint",
        "if it was renewed");
  }

  private static void refused(
      TestCertificates shown, Map<String, String> settings, String what, String remedy)
      throws Exception {
    try (StubVcenter stub = new StubVcenter(shown)) {
      Results results = probe(stub, settings);

      assertThat(results.of("certificate").level()).isEqualTo(Level.FAILED);
      assertThat(results.of("certificate").detail())
          .contains(what, shown.thumbprint(), "valid from", "until");
      assertThat(results.of("certificate").remedy()).startsWith(remedy);
      assertThat(results.of("connection").level()).isEqualTo(Level.OK);
      assertThat(results.of("service").level()).isEqualTo(Level.OK);
      assertThat(results.of("clock").level()).isEqualTo(Level.OK);
      assertThat(stub.operations()).containsExactly("RetrieveServiceContent");
    }
  }

  @Test
  void unverifiedTrustIsAWarning() throws Exception {
    try (StubVcenter stub = new StubVcenter(EXPIRED)) {
      assertThat(probe(stub, Map.of("insecure", "true")).of("certificate"))
          .matches(result -> result.level() == Level.WARNING)
          .matches(result -> result.detail().contains(EXPIRED.thumbprint()));
      assertThat(probe(stub, Map.of("thumbprint", EXPIRED.thumbprint())).of("certificate"))
          .matches(result -> result.level() == Level.WARNING)
          .matches(result -> result.detail().contains("expired on"));
    }
    try (StubVcenter stub = new StubVcenter()) {
      assertThat(probe(stub, Map.of()).of("certificate").remedy()).isEqualTo("write https://");
    }
  }

  @Test
  void otherServersThanAVcenterAreReported() throws Exception {
    try (StubVcenter stub = new StubVcenter(LOOPBACK)) {
      stub.on("RetrieveServiceContent", StubVcenter.text("<html>Welcome</html>"));
      assertThat(probe(stub, trusting(LOOPBACK)).of("service"))
          .matches(result -> result.level() == Level.FAILED)
          .matches(result -> result.detail().contains("does not answer like a vCenter"));
      stub.on("RetrieveServiceContent", StubVcenter.status(503));
      assertThat(probe(stub, trusting(LOOPBACK)).of("service").detail())
          .contains("HTTP status 503");
      stub.on(
          "RetrieveServiceContent",
          StubVcenter.returns(
              "<rootFolder type='Folder'>f</rootFolder>"
                  + "<propertyCollector type='PropertyCollector'>pc</propertyCollector>"
                  + "<viewManager type='ViewManager'>vm</viewManager>"
                  + "<about><fullName>VMware ESXi 8</fullName></about>"
                  + "<sessionManager type='SessionManager'>sm</sessionManager>"));
      assertThat(probe(stub, trusting(LOOPBACK)).of("service").detail())
          .contains("is not a vCenter but 'VMware ESXi 8'");
    }
  }

  @Test
  void unreachableServerIsReportedAndNothingElseIsClaimed() throws Exception {
    StubVcenter stub = new StubVcenter(LOOPBACK);
    VsphereProvider provider = stub.provider(trusting(LOOPBACK));
    stub.close();

    List<CheckResult> results = provider.probe(PROBE_TIMEOUT);

    assertThat(results.get(0).detail()).contains("refuses connections");
    assertThat(results.get(0).remedy()).startsWith("check host and port");
    assertThat(results)
        .extracting(CheckResult::level)
        .containsExactly(Level.FAILED, Level.SKIPPED, Level.SKIPPED, Level.SKIPPED);
  }

  @Test
  void silentServerEndsTheProbeInTime() throws Exception {
    try (StubVcenter stub = new StubVcenter(LOOPBACK)) {
      stub.on("RetrieveServiceContent", stub.silence());

      List<CheckResult> results = stub.provider(trusting(LOOPBACK)).probe(Duration.ofMillis(700));

      assertThat(results)
          .filteredOn(result -> result.level() == Level.FAILED)
          .singleElement()
          .satisfies(result -> assertThat(result.detail()).contains("sent nothing for 700ms"));
    }
  }

  private static Results probe(StubVcenter stub, Map<String, String> settings) throws Exception {
    return new Results(stub.provider(settings).probe(PROBE_TIMEOUT));
  }

  private record Results(List<CheckResult> all) {

    CheckResult of(String subject) {
      return all.stream()
          .filter(result -> result.subject().equals(subject))
          .findFirst()
          .orElseThrow();
    }
  }

  private Map<String, String> trusting(TestCertificates certificates) {
    return Map.of("ca-file", certificates.writeCaPem(folder.resolve("ca.pem")).toString());
  }
}
