package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Wrong configuration, which the operator reports, and from which it recovers once it is corrected.
 */
@Timeout(180)
abstract class MisconfigurationScenarios {

  private OperatorFixture fixture;

  /** The peers that all scenarios of a class share. */
  abstract Peers peers();

  @BeforeEach
  void setUp() {
    fixture = new OperatorFixture(peers());
  }

  @AfterEach
  void tearDown() throws Exception {
    fixture.close();
    assertThat(peers().sessions()).as("sessions left open").isZero();
  }

  @Test
  void wrongPasswordIsReportedAndACorrectedOneIsUsedSoon() throws Exception {
    fixture.secret("pass", "wr0ng-" + peers().password());
    fixture.start();
    fixture.register("test");
    String message = fixture.awaitCondition("test", "Authenticated", "False", "LoginRefused");
    assertThat(message).contains(peers().username()).contains("next try at");
    fixture.awaitCondition("test", "Ready", "False", "LoginRefused");
    assertThat(fixture.condition("test", "Stalled").orElseThrow().holds()).isTrue();
    fixture.awaitEvent("test", "LoginRefused");
    assertThat(fixture.events("test"))
        .extracting(Event::getReason)
        .containsOnlyOnce("LoginRefused");

    fixture.secret("pass", peers().password());
    Eventually.within(Duration.ofSeconds(30))
        .until(
            () -> fixture.condition("test", "Ready"),
            ready -> ready.filter(condition -> condition.holds()).isPresent());
    assertThat(fixture.condition("test", "Stalled")).isEmpty();
    assertThat(fixture.records()).isNotEmpty();
  }

  @Test
  void namespaceWithoutConsentGetsNoRecords() throws Exception {
    String closed = fixture.namespace + "-closed";
    fixture.namespace(closed, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, "another-namespace"));
    fixture.start();
    fixture.register("test", closed);
    assertThat(fixture.awaitCondition("test", "Ready", "False", "NamespaceNotAllowed"))
        .contains("kubectl annotate namespace " + closed);
    assertThat(fixture.records(closed)).isEmpty();
    assertThat(peers().sessions()).isZero();

    fixture.namespace(closed, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, fixture.namespace));
    fixture.awaitUpToDate("test");
    assertThat(fixture.records(closed)).isNotEmpty();
    fixture.client().namespaces().withName(closed).delete();
  }

  @Test
  void missingNamespaceIsReported() throws Exception {
    fixture.start();
    fixture.register("test", fixture.namespace + "-none");
    assertThat(fixture.awaitCondition("test", "Ready", "False", "NamespaceNotFound"))
        .contains(fixture.namespace + "-none");
  }

  @Test
  void unresolvableHostIsReported() throws Exception {
    fixture.server(Map.of("host", "no-such-host.invalid")).start();
    fixture.register("test");
    assertThat(fixture.awaitCondition("test", "Ready", "False", "ServerUnavailable"))
        .contains("no-such-host.invalid");
    fixture.awaitCondition("test", "Authenticated", "Unknown", "ServerUnavailable");
  }

  @Test
  void untrustedCertificateIsReportedWithItsThumbprint() throws Exception {
    fixture.server(Map.of("host", peers().server().getOrDefault("host", ""))).start();
    fixture.register("test");
    assertThat(fixture.awaitCondition("test", "Ready", "False", "ServerMisconfigured"))
        .containsPattern("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    fixture.awaitCondition("test", "Authenticated", "Unknown", "ServerMisconfigured");
  }

  @Test
  void recordsStayWhenTheServerIsUnreachableAtStart() throws Exception {
    fixture.start();
    fixture.register("test");
    fixture.awaitUpToDate("test");
    int recorded = fixture.records().size();
    fixture.stop();

    fixture.server(Map.of("host", "127.0.0.1:1")).start();
    fixture.awaitCondition("test", "Synced", "False", "ServerUnavailable");
    assertThat(fixture.records()).hasSize(recorded);
  }

  @Test
  void passwordsAppearNowhere() throws Exception {
    String wrong = "wr0ng-Passw0rd-of-this-test";
    List<String> seen = new ArrayList<>();
    try (LogCapture log = new LogCapture()) {
      fixture.secret("pass", wrong);
      fixture.start();
      fixture.register("test");
      fixture.awaitCondition("test", "Ready", "False", "LoginRefused");
      fixture.awaitEvent("test", "LoginRefused");
      fixture.secret("pass", peers().password());
      fixture.awaitUpToDate("test");
      fixture.awaitEvent("test", "ReadComplete");
      seen.addAll(log.lines());
    }
    assertThat(seen).hasSizeGreaterThan(20);
    fixture.events("test").forEach(event -> seen.add(event.getMessage()));
    seen.add(String.valueOf(fixture.tenant("test").get()));

    // vcsim's password "pass" is part of many harmless lines.
    List<String> distinctive =
        Stream.of(wrong, peers().password()).filter(password -> password.length() > 5).toList();
    for (String password : distinctive) {
      String encoded =
          Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
      assertThat(seen)
          .noneMatch(line -> line.contains(password))
          .noneMatch(line -> line.contains(encoded));
    }
  }
}
