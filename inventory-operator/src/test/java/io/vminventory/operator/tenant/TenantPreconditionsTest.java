package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class TenantPreconditionsTest {

  private static final InventoryProvider PROVIDER =
      (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };

  private final Map<String, Namespace> namespaces = new HashMap<>();
  private final Map<String, Secret> secrets = new HashMap<>();
  private final Map<String, Integer> refusals = new HashMap<>();
  private final TenantPreconditions preconditions =
      new TenantPreconditions(
          new Servers(Map.of("default", new Servers.Server("vsphere", PROVIDER))),
          new TenantPreconditions.Cluster() {
            @Override
            public Optional<Namespace> namespace(String name) {
              if (refusals.containsKey(name)) {
                throw new KubernetesClientException("no", refusals.get(name), null);
              }
              return Optional.ofNullable(namespaces.get(name));
            }

            @Override
            public Optional<Secret> secret(String namespace, String name) {
              return Optional.ofNullable(secrets.get(namespace + "/" + name));
            }
          });

  TenantPreconditionsTest() {
    namespace("default", null);
    secret("default", "pass", Map.of("password", "s3cret"));
  }

  @Test
  void theTenantsOwnNamespaceNeedsNoConsent() {
    assertThat(preconditions.check(tenant("")))
        .isInstanceOfSatisfying(
            Satisfied.class,
            satisfied -> {
              assertThat(satisfied.provider()).isSameAs(PROVIDER);
              assertThat(satisfied.tenant().target()).isEqualTo("default");
              assertThat(satisfied.tenant().username()).isEqualTo("user");
              assertThat(satisfied.tenant().password().reveal()).isEqualTo("s3cret");
              assertThat(satisfied.toString()).doesNotContain("s3cret");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../other/secrets/pass", "pass/x", "pass?x", "pass%2e", "..", ""})
  void anInvalidSecretNameIsNeverRequested(String name) {
    secret("default", name, Map.of("password", "another's"));
    assertThat(
            preconditions.check(
                TenantYaml.parse(
                    """
                    apiVersion: vminventory.io/v1
                    kind: Tenant
                    metadata: {name: test, namespace: default}
                    spec: {username: user, passwordSecretRef: {name: "%s"}}
                    """
                        .formatted(name))))
        .isInstanceOfSatisfying(
            Unsatisfied.class,
            unsatisfied -> assertThat(unsatisfied.reason()).isEqualTo(Reason.SecretNotFound));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "default,true",
        "*,true",
        "'a, default ,b',true",
        "-,false",
        "'',false",
        "defaults,false",
        "default.evil,false",
        "'a,b',false"
      })
  void anotherNamespaceHasToConsent(@Nullable String allowed, boolean satisfied) {
    namespace("other", allowed);
    PreconditionResult result = preconditions.check(tenant("targetNamespace: other"));
    if (satisfied) {
      assertThat(result).isInstanceOf(Satisfied.class);
    } else {
      assertUnsatisfied(
          result,
          Reason.NamespaceNotAllowed,
          "kubectl annotate namespace other vminventory.io/allow-tenants-from=default");
    }
  }

  @Test
  void namesTheNamespaceThatIsMissingOrGoing() {
    assertUnsatisfied(
        preconditions.check(tenant("targetNamespace: gone")),
        Reason.NamespaceNotFound,
        "namespace 'gone' does not exist");
    namespaces.put(
        "going",
        new NamespaceBuilder()
            .withNewMetadata()
            .withName("going")
            .withDeletionTimestamp("2026-11-23T00:00:00Z")
            .endMetadata()
            .build());
    assertUnsatisfied(
        preconditions.check(tenant("targetNamespace: going")),
        Reason.NamespaceTerminating,
        "namespace 'going' is being deleted");
  }

  @Test
  void namesTheNamespaceThatTheOperatorHasNoRightToRead() {
    refusals.put("other", 403);
    assertUnsatisfied(
        preconditions.check(tenant("targetNamespace: other")),
        Reason.NamespaceForbidden,
        "no right to read namespace 'other'");
  }

  @Test
  void decidesNothingWhileTheNamespaceCannotBeRead() {
    refusals.put("other", 503);
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> preconditions.check(tenant("targetNamespace: other")));
  }

  @Test
  void namesTheSecretThatIsMissing() {
    secrets.clear();
    assertUnsatisfied(
        preconditions.check(tenant("")),
        Reason.SecretNotFound,
        "Secret 'pass' does not exist in namespace 'default'");
  }

  @Test
  void namesTheKeyThatTheSecretLacks() {
    secret("default", "pass", Map.of("pw", "s3cret", "password", ""));
    assertUnsatisfied(
        preconditions.check(tenant("")),
        Reason.SecretKeyNotFound,
        "has no value under key 'password'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret\n", "s3cret\r\n", "s3cret"})
  void aLineBreakAtTheEndIsNotPartOfThePassword(String stored) {
    secret("default", "pass", Map.of("password", stored));
    assertThat(preconditions.check(tenant("")))
        .isInstanceOfSatisfying(
            Satisfied.class,
            satisfied -> assertThat(satisfied.tenant().password().reveal()).isEqualTo("s3cret"));
  }

  @Test
  void namesTheServerThatIsNotConfiguredAndThoseThatAre() {
    assertUnsatisfied(
        preconditions.check(tenant("server: lab")),
        Reason.ServerNotConfigured,
        "server 'lab' is not configured; set spec.server to one of: default (vsphere)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "provider: vsphere"})
  void theProviderIsTheServersUnlessGiven(String spec) {
    assertThat(preconditions.check(tenant(spec))).isInstanceOf(Satisfied.class);
  }

  @Test
  void aProviderThatIsNotTheServersIsRejected() {
    assertUnsatisfied(
        preconditions.check(tenant("provider: proxmox")),
        Reason.ServerNotConfigured,
        "server 'default' is of provider 'vsphere', but spec.provider is 'proxmox'; remove"
            + " spec.provider, or set it to 'vsphere'");
  }

  @Test
  void suspendingNeedsNothingElseToBeRight() {
    assertThat(preconditions.check(tenant("suspend: true\n  server: lab")))
        .isInstanceOf(Suspended.class);
  }

  @Test
  void rejectsAnInvalidInterval() {
    assertUnsatisfied(
        preconditions.check(tenant("interval: soon")), Reason.IntervalInvalid, "'soon'");
  }

  @Test
  void eachPreconditionIsCheckedOnItsOwn() {
    secrets.clear();
    TenantResource tenant = tenant("server: lab\n  interval: soon\n  targetNamespace: gone");
    assertThat(
            Stream.of(
                preconditions.checkServer(tenant),
                preconditions.checkUsername(tenant),
                preconditions.checkInterval(tenant),
                preconditions.checkNamespace(tenant),
                preconditions.checkPassword(tenant)))
        .map(unsatisfied -> unsatisfied.map(Unsatisfied::reason))
        .containsExactly(
            Optional.of(Reason.ServerNotConfigured),
            Optional.empty(),
            Optional.of(Reason.IntervalInvalid),
            Optional.of(Reason.NamespaceNotFound),
            Optional.of(Reason.SecretNotFound));
  }

  private static void assertUnsatisfied(PreconditionResult result, Reason reason, String part) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Unsatisfied.class,
            unsatisfied -> {
              assertThat(unsatisfied.reason()).isEqualTo(reason);
              assertThat(unsatisfied.message()).contains(part).doesNotContain("s3cret");
            });
  }

  private void namespace(String name, @Nullable String allowed) {
    NamespaceBuilder namespace = new NamespaceBuilder().withNewMetadata().withName(name).and();
    if (allowed != null) {
      namespace.editMetadata().addToAnnotations(Names.ALLOW_TENANTS_FROM_ANNOTATION, allowed).and();
    }
    namespaces.put(name, namespace.build());
  }

  private void secret(String namespace, String name, Map<String, String> values) {
    Map<String, String> data = new HashMap<>();
    values.forEach(
        (key, value) ->
            data.put(
                key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    secrets.put(namespace + "/" + name, new SecretBuilder().withData(data).build());
  }

  private static TenantResource tenant(String spec) {
    return TenantYaml.tenant(spec);
  }
}
