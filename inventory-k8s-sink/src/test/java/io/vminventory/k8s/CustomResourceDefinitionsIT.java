package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The definitions on a real API server. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@Tag("slow")
class CustomResourceDefinitionsIT {

  private static final String VM =
      """
      apiVersion: vminventory.io/v1
      kind: VM
      metadata: {name: nwcd-ike-a-m1}
      spec: {source: {tenant: test, tenantNamespace: default, key: u/vm-57}}
      status:
        vmname: nwcd-ike-a-m1
        powerState: poweredOn
        numCpu: 2
        memoryMB: 2048
        ips: ["10.141.86.60"]
        updateDate: "2026-11-23T00:00:00Z"
      """;

  private static final String TENANT =
      """
      apiVersion: vminventory.io/v1
      kind: Tenant
      metadata: {name: test}
      spec:
        username: ike-admin@vsphere.local
        passwordSecretRef: {name: test-pass}
        interval: 10m
      """;

  private final RealCluster cluster = new RealCluster();
  private String namespace = "";

  @BeforeEach
  void createNamespace() {
    namespace = cluster.newNamespace();
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void vmTableShowsTheColumnsOfTheDesign() throws Exception {
    create(VM);
    create(VM.replace("nwcd-ike-a-m1", "nwcd-ike-clean").replaceFirst("(?m)^  ips:.*\n", ""));

    assertThat(heads("vms"))
        .containsExactly(
            "Name/0",
            "PowerState/0",
            "NumCpu/0",
            "MemoryMB/0",
            "IPs/0",
            "UpdateDate/0",
            "Age/0",
            "VMName/1",
            "Template/1",
            "GuestOS/1",
            "Host/1",
            "Folder/1");
    JsonNode rows = table("vms").path("rows");
    assertThat(rows.at("/0/cells/1").asText()).isEqualTo("poweredOn");
    assertThat(rows.at("/0/cells/2").isInt()).isTrue();
    assertThat(rows.at("/0/cells/3").asInt()).isEqualTo(2048);
    assertThat(rows.at("/0/cells/4").asText()).isEqualTo("[\"10.141.86.60\"]");
    assertThat(rows.at("/1/cells/4").isNull()).isTrue();
  }

  @Test
  void tenantTableShowsTheColumnsOfTheDesign() throws Exception {
    create(TENANT);

    assertThat(heads("tenants"))
        .containsExactly(
            "Name/0",
            "Username/0",
            "TargetNamespace/0",
            "ExecDate/0",
            "ExecFlag/0",
            "Age/0",
            "Ready/1",
            "VMs/1",
            "Server/1",
            "Message/1");
  }

  @Test
  void machinesCanBeSelectedByPowerStateAndTenant() {
    create(VM);
    create(VM.replace("nwcd-ike-a-m1", "off").replace("poweredOn", "poweredOff"));

    assertThat(selected("status.powerState", "poweredOff")).containsExactly("off");
    assertThat(selected("spec.source.tenant", "test")).hasSize(2);
    assertThat(selected("spec.source.tenant", "other")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "memoryMB: 2048, memoryMB: 2o48, status.memoryMB",
    "numCpu: 2, numCpu: 0, status.numCpu",
    "powerState: poweredOn, powerState: on, status.powerState",
    "vmname: nwcd-ike-a-m1, vmname: 7, status.vmname",
    "key: u/vm-57, key: '', spec.source.key",
    "updateDate: \"2026-11-23T00:00:00Z\", updateDate: yesterday, status.updateDate"
  })
  void wrongFactIsRejectedWithTheNameOfTheField(String right, String wrong, String field) {
    assertThatThrownBy(() -> create(VM.replace(right, wrong)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(field);
  }

  @ParameterizedTest
  @CsvSource({
    "interval: 10m, interval: soon, spec.interval",
    "interval: 10m, interval: 0s, spec.interval",
    "interval: 10m, sync: Sometimes, spec.sync",
    "interval: 10m, deletionPolicy: Maybe, spec.deletionPolicy",
    "interval: 10m, targetNamespace: A_B, spec.targetNamespace",
    "username: ike-admin@vsphere.local, suspend: false, spec.username",
    "name: test-pass, key: other, spec.passwordSecretRef.name"
  })
  void wrongSettingIsRejectedWithTheNameOfTheField(String right, String wrong, String field) {
    assertThatThrownBy(() -> create(TENANT.replace(right, wrong)))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(field);
  }

  @Test
  void nameOfATenantFitsIntoALabel() {
    create(TENANT.replace("name: test}", "name: " + "a".repeat(63) + "}"));

    assertThatThrownBy(() -> create(TENANT.replace("name: test}", "name: " + "a".repeat(64) + "}")))
        .hasMessageContaining("at most 63 characters");
  }

  @Test
  void defaultsAreFilledIn() {
    create(TENANT);

    TenantSpec spec = tenants().withName("test").get().getSpec();

    assertThat(spec)
        .isEqualTo(
            new TenantSpec(
                "ike-admin@vsphere.local",
                new PasswordSecretRef("test-pass", "password"),
                null,
                null,
                "default",
                SyncMode.WATCH,
                "10m",
                true,
                false,
                DeletionPolicy.DELETE));
  }

  @Test
  void targetNamespaceOfATenantCannotBeChanged() {
    create(TENANT);
    create(
        TENANT
            .replace("{name: test}", "{name: other}")
            .replace("interval: 10m", "targetNamespace: a"));

    assertThatThrownBy(() -> setTargetNamespace("test", "\"b\""))
        .hasMessageContaining("spec.targetNamespace");
    assertThatThrownBy(() -> setTargetNamespace("other", "\"b\""))
        .hasMessageContaining("spec.targetNamespace");
    assertThatThrownBy(() -> setTargetNamespace("other", "null"))
        .hasMessageContaining("spec.targetNamespace");
  }

  @Test
  void sourceOfARecordCannotBeChanged() {
    create(VM);

    assertThatThrownBy(
            () ->
                vms()
                    .withName("nwcd-ike-a-m1")
                    .edit(
                        vm -> {
                          vm.setSpec(new VmSpec(new VmSpec.Source("other", "default", "u/vm-57")));
                          return vm;
                        }))
        .hasMessageContaining("a record's source cannot be changed");
  }

  @Test
  void onlyTenantsHaveAStatusSubresource() {
    create(VM);
    create(TENANT);

    assertThat(cluster.client().raw(path("tenants") + "/test/status")).isNotNull();
    assertThat(cluster.client().raw(path("vms") + "/nwcd-ike-a-m1/status")).isNull();
  }

  private void setTargetNamespace(String tenant, String json) {
    tenants()
        .withName(tenant)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"targetNamespace\":" + json + "}}");
  }

  private NonNamespaceOperation<
          TenantResource, KubernetesResourceList<TenantResource>, Resource<TenantResource>>
      tenants() {
    return cluster.client().resources(TenantResource.class).inNamespace(namespace);
  }

  private NonNamespaceOperation<
          VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vms() {
    return cluster.client().resources(VmResource.class).inNamespace(namespace);
  }

  /** As generic resources, because the typed classes cannot hold wrong values. */
  private void create(String yaml) {
    cluster
        .client()
        .resource(
            cluster
                .client()
                .getKubernetesSerialization()
                .unmarshal(yaml, GenericKubernetesResource.class))
        .inNamespace(namespace)
        .create();
  }

  private List<String> selected(String field, String value) {
    return vms().withField(field, value).list().getItems().stream()
        .map(vm -> vm.getMetadata().getName())
        .toList();
  }

  private List<String> heads(String plural) throws Exception {
    List<String> heads = new ArrayList<>();
    table(plural)
        .path("columnDefinitions")
        .forEach(
            head -> heads.add(head.path("name").asText() + "/" + head.path("priority").asInt()));
    return heads;
  }

  private JsonNode table(String plural) throws Exception {
    HttpClient http = cluster.client().getHttpClient();
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(cluster.client().getMasterUrl().toURI().resolve(path(plural)))
            .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
            .build();
    HttpResponse<String> response = http.sendAsync(request, String.class).get(10, TimeUnit.SECONDS);
    return new ObjectMapper().readTree(response.body());
  }

  private String path(String plural) {
    return "/apis/vminventory.io/v1/namespaces/" + namespace + "/" + plural;
  }
}
