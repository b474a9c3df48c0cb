package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.RequestCounts;
import io.vminventory.testkit.vcenter.Visibility;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Attacks by someone who may write Tenants and VM objects in one namespace only. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class TenantSecurityTest {

  private static final String TENANT = "test";

  private final EmbeddedPeers peers = new EmbeddedPeers();
  private final OperatorFixture fixture = new OperatorFixture(peers);

  @AfterEach
  void stop() throws InventoryException {
    try {
      fixture.close();
    } finally {
      peers.close();
    }
  }

  private void upToDate(String... specLines) throws InventoryException {
    fixture.start();
    fixture.register(TENANT, fixture.target, specLines);
    fixture.awaitUpToDate(TENANT);
  }

  private void read(String token) {
    fixture.annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, token);
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(() -> fixture.status(TENANT).lastHandledRequest(), token::equals);
  }

  @Test
  void unconfiguredServerIsReportedAndNeverConnectedTo() throws Exception {
    fixture.start();
    String url = peers.vcenter().url().toString();
    List<String> servers =
        List.of(url, "lab", "../default", "Default", "'default '", "'a\\n\\e[31mb'");
    for (int i = 0; i < servers.size(); i++) {
      fixture.register("t" + i, fixture.target, "server: " + servers.get(i));
    }
    for (int i = 0; i < servers.size(); i++) {
      assertThat(fixture.awaitCondition("t" + i, "Ready", "False", "ServerNotConfigured"))
          .contains("set spec.server to one of: default (vsphere)")
          .doesNotContainPattern("\\p{Cntrl}");
    }
    assertThat(peers.vcenter().requests("RetrieveServiceContent")).isZero();
  }

  @Test
  void passwordOfAnotherNamespaceCannotBeUsed() throws Exception {
    peers
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("theirs")
                .withNamespace(fixture.target)
                .endMetadata()
                .addToStringData("password", peers.password())
                .build())
        .create();
    fixture.start();
    assertRefused("name: ../" + fixture.target + "/theirs");
    assertRefused("name: " + fixture.target + "/theirs");
    fixture.register(
        TENANT,
        fixture.target,
        "username: " + peers.username(),
        "passwordSecretRef: {name: theirs, namespace: " + fixture.target + "}");
    fixture.awaitCondition(TENANT, "Ready", "False", "SecretNotFound");
    assertThat(peers.vcenter().requests("Login")).isZero();
  }

  private void assertRefused(String ref) {
    KubernetesClientException refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () ->
                fixture.register(
                    "refused", fixture.target, "username: u", "passwordSecretRef: {" + ref + "}"));
    assertThat(refusal.getCode()).isEqualTo(422);
  }

  @Test
  void fieldsOfTheSpecAreBounded() {
    String huge = "x".repeat(10_000);
    for (String line :
        List.of(
            "username: " + huge + "\n  passwordSecretRef: {name: pass}",
            "username: u\n  passwordSecretRef: {name: pass, key: " + huge + "}",
            "username: u\n  passwordSecretRef: {name: pass}\n  server: " + huge,
            "username: u\n  passwordSecretRef: {name: pass}\n  interval: " + huge)) {
      KubernetesClientException refusal =
          catchThrowableOfType(
              KubernetesClientException.class,
              () -> fixture.register("refused", fixture.target, line.split("\n  ", -1)));
      assertThat(refusal.getCode()).isEqualTo(422);
    }
  }

  @Test
  void confirmationCannotBeGivenInAdvanceOrReused() throws Exception {
    upToDate("sync: Manual");
    confirm("12");
    peers
        .vcenter()
        .changeVisibility(
            peers.username(), Visibility.where(machine -> !machine.name().startsWith("machine-1")));
    read("held");
    assertThat(fixture.awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld"))
        .contains("vminventory.io/confirm-deletion=11");
    for (String forged : List.of("12", "-11", "11 or all", "99999999999", "0x0b")) {
      confirm(forged);
      assertThat(fixture.records()).hasSize(20);
    }
    confirm("11");
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> fixture.records().size() == 9);
  }

  private void confirm(String count) {
    fixture.annotate(TENANT, Names.CONFIRM_DELETION_ANNOTATION, count);
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> fixture.tenant(TENANT).get().getMetadata().getAnnotations(),
            annotations ->
                annotations == null || !annotations.containsKey(Names.CONFIRM_DELETION_ANNOTATION));
  }

  @Test
  void objectsThatLookLikeRecordsAreNeitherDeletedNorAdopted() throws Exception {
    String key = peers.machines().keySet().iterator().next();
    make("labelled", labels(), "another", key);
    make("machine-3", Map.of("mine", "yes"), "another", "of-mine");
    make("unlabelled", Map.of(), TENANT, "no-such-machine");
    upToDate();
    read("once more");

    Map<String, String> owners = new HashMap<>();
    fixture.records().forEach(vm -> owners.put(name(vm), vm.getSpec().source().tenant()));
    assertThat(owners)
        .hasSize(23)
        .containsEntry("labelled", "another")
        .containsEntry("machine-3", "another")
        .containsEntry("unlabelled", TENANT);
    assertThat(owners.keySet()).anyMatch(name -> name.matches("machine-3-[0-9a-f]{10}"));
    fixture.tenant(TENANT).delete();
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> fixture.tenant(TENANT).get() == null);
    assertThat(fixture.records())
        .extracting(TenantSecurityTest::name)
        .containsExactlyInAnyOrder("labelled", "machine-3", "unlabelled");
  }

  private static String name(VmResource vm) {
    return vm.getMetadata().getName();
  }

  private Map<String, String> labels() {
    return Map.of(
        Names.MANAGED_BY_LABEL, Names.MANAGER,
        Names.TENANT_LABEL, TENANT,
        Names.TENANT_NAMESPACE_LABEL, fixture.namespace);
  }

  private void make(String name, Map<String, String> labels, String tenant, String key) {
    GenericKubernetesResource vm = new GenericKubernetesResource();
    vm.setApiVersion("vminventory.io/v1");
    vm.setKind("VM");
    vm.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(fixture.target)
            .withLabels(labels)
            .build());
    vm.setAdditionalProperty(
        "spec",
        Map.of(
            "source", Map.of("tenant", tenant, "tenantNamespace", fixture.namespace, "key", key)));
    peers.admin().resource(vm).create();
  }

  @Test
  void hostileAnnotationsAreEchoedBoundedAndPrintable() throws Exception {
    upToDate();
    fixture.annotate(
        TENANT, Names.SYNC_REQUESTED_ANNOTATION, "a\\u001b[31m\\n" + "x".repeat(10_000));
    String echoed =
        Eventually.within(OperatorFixture.TIMEOUT)
            .until(
                () -> fixture.status(TENANT).lastHandledRequest(),
                handled -> handled != null && handled.startsWith("a"));
    assertThat(echoed).doesNotContainPattern("\\p{Cntrl}").hasSize(1_024);
    confirm("9".repeat(10_000));
    fixture.awaitUpToDate(TENANT);
    assertThat(fixture.records()).hasSize(20);
  }

  @Test
  void secretsAreReadByNameAndNeverListedNorWatched() throws Exception {
    RequestCounts before = peers.kubernetes().requests();
    upToDate();
    read("once more");
    RequestCounts counts = peers.kubernetes().requests().since(before);
    assertThat(counts.of("get", "secrets")).isPositive();
    assertThat(counts.reads("secrets")).isEqualTo(counts.of("get", "secrets"));
    assertThat(counts.writes("secrets")).isZero();
  }
}
