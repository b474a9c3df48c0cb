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

/** What the operator says when something has to be put right, and that it goes on once it is. */
@Timeout(180)
abstract class OperatorTroubleScenarios {

  private OperatorBench bench;

  /** The peers that all scenarios of a class share. */
  abstract Peers peers();

  @BeforeEach
  void setUp() {
    bench = new OperatorBench(peers());
  }

  @AfterEach
  void tearDown() throws Exception {
    bench.close();
    assertThat(peers().sessions()).as("sessions left open").isZero();
  }

  @Test
  void aWrongPasswordIsSaidAndACorrectedOneCountsSoon() throws Exception {
    bench.secret("pass", "wr0ng-" + peers().password());
    bench.start();
    bench.register("test");
    String message = bench.awaitCondition("test", "Authenticated", "False", "LoginRefused");
    assertThat(message).contains(peers().username()).contains("next try at");
    bench.awaitCondition("test", "Ready", "False", "LoginRefused");
    assertThat(bench.condition("test", "Stalled").orElseThrow().holds()).isTrue();
    bench.awaitEvent("test", "LoginRefused");
    assertThat(bench.events("test")).extracting(Event::getReason).containsOnlyOnce("LoginRefused");

    bench.secret("pass", peers().password());
    Eventually.within(Duration.ofSeconds(30))
        .until(
            () -> bench.condition("test", "Ready"),
            ready -> ready.filter(condition -> condition.holds()).isPresent());
    assertThat(bench.condition("test", "Stalled")).isEmpty();
    assertThat(bench.records()).isNotEmpty();
  }

  @Test
  void aMissingSecretIsSaidAndCountsOnceItIsThere() throws Exception {
    bench.client().secrets().inNamespace(bench.namespace).withName("pass").delete();
    bench.start();
    bench.register("test");
    assertThat(bench.awaitCondition("test", "Ready", "False", "SecretNotFound"))
        .contains("'pass'")
        .contains(bench.namespace);
    bench.awaitCondition("test", "Authenticated", "False", "SecretNotFound");

    bench.secret("pass", peers().password());
    bench.awaitUpToDate("test");
  }

  @Test
  void aNamespaceThatDoesNotConsentGetsNoRecords() throws Exception {
    String closed = bench.namespace + "-closed";
    bench.namespace(closed, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, "somebody-else"));
    bench.start();
    bench.register("test", closed);
    assertThat(bench.awaitCondition("test", "Ready", "False", "NamespaceNotAllowed"))
        .contains("kubectl annotate namespace " + closed);
    assertThat(bench.records(closed)).isEmpty();
    assertThat(peers().sessions()).isZero();

    bench.namespace(closed, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, bench.namespace));
    bench.awaitUpToDate("test");
    assertThat(bench.records(closed)).isNotEmpty();
    bench.client().namespaces().withName(closed).delete();
  }

  @Test
  void aMissingNamespaceIsSaid() throws Exception {
    bench.start();
    bench.register("test", bench.namespace + "-none");
    assertThat(bench.awaitCondition("test", "Ready", "False", "NamespaceNotFound"))
        .contains(bench.namespace + "-none");
  }

  @Test
  void aServerThatNobodyConfiguredIsSaid() throws Exception {
    bench.start();
    bench.register("test", bench.target, "server: lab");
    assertThat(bench.awaitCondition("test", "Ready", "False", "ServerNotConfigured"))
        .contains("'lab'")
        .contains("there are: default (vsphere)");
  }

  @Test
  void aHostThatCannotBeResolvedIsSaid() throws Exception {
    bench.server(Map.of("host", "no-such-host.invalid")).start();
    bench.register("test");
    assertThat(bench.awaitCondition("test", "Ready", "False", "ServerUnavailable"))
        .contains("no-such-host.invalid");
    bench.awaitCondition("test", "Authenticated", "Unknown", "ServerUnavailable");
  }

  @Test
  void anUntrustedCertificateIsSaidWithItsThumbprint() throws Exception {
    bench.server(Map.of("host", peers().server().getOrDefault("host", ""))).start();
    bench.register("test");
    assertThat(bench.awaitCondition("test", "Ready", "False", "ServerMisconfigured"))
        .containsPattern("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    bench.awaitCondition("test", "Authenticated", "Unknown", "ServerMisconfigured");
  }

  @Test
  void recordsStayWhileTheServerIsAwayAndTheTenantIsNotRead() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    int recorded = bench.records().size();
    bench.stop();

    bench.server(Map.of("host", "127.0.0.1:1")).start();
    bench.awaitCondition("test", "Synced", "False", "ServerUnavailable");
    assertThat(bench.records()).hasSize(recorded);
  }

  @Test
  void thePasswordIsNowhereToBeSeen() throws Exception {
    String wrong = "wr0ng-Passw0rd-of-this-test";
    List<String> seen = new ArrayList<>();
    try (EverythingLogged log = new EverythingLogged()) {
      bench.secret("pass", wrong);
      bench.start();
      bench.register("test");
      bench.awaitCondition("test", "Ready", "False", "LoginRefused");
      bench.awaitEvent("test", "LoginRefused");
      bench.secret("pass", peers().password());
      bench.awaitUpToDate("test");
      bench.awaitEvent("test", "ReadComplete");
      seen.addAll(log.lines());
    }
    assertThat(seen).hasSizeGreaterThan(20);
    bench.events("test").forEach(event -> seen.add(event.getMessage()));
    seen.add(String.valueOf(bench.tenant("test").get()));

    // vcsim's "pass" stands in many an innocent line.
    List<String> telling =
        Stream.of(wrong, peers().password()).filter(password -> password.length() > 5).toList();
    for (String password : telling) {
      String encoded =
          Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
      assertThat(seen)
          .noneMatch(line -> line.contains(password))
          .noneMatch(line -> line.contains(encoded));
    }
  }
}
