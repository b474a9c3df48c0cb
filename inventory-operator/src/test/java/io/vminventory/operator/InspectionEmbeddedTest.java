package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Inventory;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.RequestCounts;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * What {@code doctor} and {@code plan} say in each kind of trouble, as a person sees it. Whatever
 * they are asked, they write nothing, leave no session and show no password.
 */
@Timeout(60)
class InspectionEmbeddedTest {

  private static final String PASSWORD = "s3cret&<Horse>";
  private static final String WRONG_PASSWORD = "wr0ng&<Horse>";
  private static final TestCertificates LASTING = TestCertificates.lasting(Duration.ofDays(60));

  @TempDir private static Path folder;

  private static ApiClients clients;
  private static EmbeddedKubernetes kubernetes;
  private static VcenterSimulator vcenter;

  /** What a command came to. */
  private record Ran(int code, String out, String err) {}

  @BeforeAll
  static void start() throws Exception {
    clients = new ApiClients(Duration.ofSeconds(20));
    vcenter =
        VcenterSimulator.builder()
            .tls(LASTING)
            .account("ann", PASSWORD)
            .account("few", PASSWORD, Visibility.only("machine-0", "machine-1"))
            .account(
                "dim",
                PASSWORD,
                Visibility.everything().unreadable("config.guestFullName", "guest.guestFullName"))
            .machines(20, i -> SimulatedMachine.named("machine-" + i).ip("10.0.0." + (i + 1)))
            .start();
    kubernetes = EmbeddedKubernetes.start();
    CustomResourceDefinitions.all().forEach(kubernetes::install);
    List.of("default", "records", "strict").forEach(kubernetes::namespace);
    kubernetes.install(
        """
        {apiVersion: v1, kind: Secret, metadata: {name: right, namespace: default}, data: {password: %s}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: wrong, namespace: default}, data: {password: %s}}
        """
            .formatted(base64(PASSWORD), base64(WRONG_PASSWORD)));
    tenant("well", "{username: ann, passwordSecretRef: {name: right}}");
    tenant("wrong", "{username: ann, passwordSecretRef: {name: wrong}}");
    tenant("dim", "{username: dim, passwordSecretRef: {name: right}}");
    tenant(
        "lost",
        "{username: ann, passwordSecretRef: {name: none}, server: none, targetNamespace: strict}");
    tenant("held", "{username: few, passwordSecretRef: {name: right}, suspend: true}");
    recordTwenty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void tenant(String name, String spec) {
    kubernetes.install(
        "{apiVersion: vminventory.io/v1, kind: Tenant, metadata: {name: %s, namespace: default}, spec: %s}"
            .formatted(name, spec));
  }

  /** What the operator wrote for Tenant held before its account saw so little. */
  private static void recordTwenty() throws Exception {
    List<VirtualMachine> machines = new ArrayList<>();
    vcenter
        .machines()
        .forEach(
            (id, machine) ->
                machines.add(
                    VirtualMachine.builder(
                            new VirtualMachineId(vcenter.instanceUuid() + "/" + id), machine.name())
                        .build()));
    Tenant held =
        new Tenant(new TenantId("default", "held"), "few", Secret.of(PASSWORD), "default");
    try (KubernetesInventorySink sink =
        new KubernetesInventorySink(
            kubernetes.client(), SinkOptions.defaults(), InstantSource.system())) {
      assertThat(sink.apply(held, Inventory.of("", machines), 0).complete()).isTrue();
    }
  }

  @AfterAll
  static void stop() {
    clients.close();
    vcenter.close();
    kubernetes.close();
  }

  @AfterEach
  void allow() {
    kubernetes.access().allowAll();
  }

  @Test
  void allWell() {
    Ran doctor = doctor("--tenant", "default/well");
    assertThat(doctor.out()).contains(" ok, 0 warning, 0 failed, 0 skipped. Nothing was written.");
    assertThat(doctor.code()).isZero();
    assertThat(doctor.out())
        .containsPattern("ok +configuration +options +servers: default \\(vsphere\\)")
        .containsPattern("ok +kubernetes +API server +v1\\.35")
        .containsPattern("ok +kubernetes +vms\\.vminventory\\.io +v1 with every field")
        .containsPattern("ok +rights +secrets +get in all namespaces")
        .containsPattern(
            "ok +server default +certificate +SHA-256 thumbprint " + LASTING.thumbprint())
        .containsPattern("ok +server default +service +VMware vCenter Server 8\\.0\\.2")
        .containsPattern("ok +server default +clock +\\d+ s (behind|ahead of) ours")
        .containsPattern("ok +tenant default/well +password +Secret 'right' has a value under")
        .containsPattern("ok +tenant default/well +login +vCenter 127")
        .containsPattern("ok +tenant default/well +machines +the account sees 20");

    Ran plan = plan("--tenant", "default/well");
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .startsWith("Tenant default/well: 20 machines seen on VMware vCenter Server 8.0.2")
        .containsPattern("create +machine-3-\\w{10} +machine-3\n")
        .contains("20 to create, 0 to change, 0 to delete, 0 unchanged, 0 deletions held");
  }

  @Test
  void aProgramReadsJsonAndNothingElse() throws Exception {
    JsonNode doctor = new ObjectMapper().readTree(doctor("--output", "json").out());
    assertThat(doctor.path("failed").asBoolean()).isFalse();
    assertThat(doctor.path("checks").findValuesAsText("area"))
        .contains("configuration", "kubernetes", "rights", "server default");
    JsonNode plan =
        new ObjectMapper().readTree(plan("--tenant", "default/held", "-o", "json").out());
    assertThat(plan.path("held")).hasSize(18);
    assertThat(plan.path("confirm").asText()).endsWith("vminventory.io/confirm-deletion=18");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    try (EverythingLogged log = new EverythingLogged()) {
      Ran doctor = doctor("--tenant", "default/wrong");
      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern(
              "FAILED +tenant default/wrong +login +.* refuses the account 'ann'.*InvalidLogin")
          .contains("-> correct user name and password")
          .containsPattern("skipped +tenant default/wrong +machines");
      Ran plan = plan("--tenant", "default/wrong");
      assertThat(plan.code()).isEqualTo(1);
      assertThat(plan.out()).isEmpty();
      assertThat(plan.err()).contains("refuses the account 'ann'");
      assertThat(log.lines()).noneMatch(line -> line.contains(WRONG_PASSWORD));
    }
  }

  @Test
  void anAccountThatRestsIsNotTriedAgain() {
    tenant("resting", "{username: ann, passwordSecretRef: {name: wrong}}");
    refused("resting");
    int logins = vcenter.requests("Login");
    Ran doctor = doctor("--tenant", "default/resting");
    assertThat(doctor.out())
        .containsPattern("FAILED +tenant default/resting +login +it was refused\n")
        .contains("-> correct it; not tried again before 2");
    assertThat(plan("--tenant", "default/resting").err()).contains("because accounts lock");
    assertThat(vcenter.requests("Login")).isEqualTo(logins);
  }

  /** As the operator's status says it, and far longer than it would. */
  private static void refused(String name) {
    String version =
        kubernetes
            .client()
            .secrets()
            .inNamespace("default")
            .withName("wrong")
            .get()
            .getMetadata()
            .getResourceVersion();
    String message =
        "it was refused; correct it; next try at 2999-12-31T00:00:00Z, or as soon as the user name"
            + " 'ann' or the password (Secret version "
            + version
            + ") is another one";
    kubernetes
        .client()
        .resources(TenantResource.class)
        .inNamespace("default")
        .withName(name)
        .editStatus(
            tenant -> {
              tenant.setStatus(
                  new TenantStatus(
                      1L,
                      null,
                      null,
                      null,
                      null,
                      null,
                      List.of(
                          new Condition(
                              "Authenticated",
                              "False",
                              "LoginRefused",
                              message,
                              Instant.EPOCH,
                              1L))));
              return tenant;
            });
  }

  @Test
  void certificatesThatAreNotBelievedAreExplainedEach() throws Exception {
    TestCertificates expired = TestCertificates.expired();
    TestCertificates elsewhere = TestCertificates.forHosts(List.of("vcenter.example"));
    try (VcenterSimulator old = VcenterSimulator.builder().tls(expired).start();
        VcenterSimulator other = VcenterSimulator.builder().tls(elsewhere).start()) {
      Path file =
          servers(
              server("default", vcenter, LASTING),
              server("expired", old, expired),
              server("otherhost", other, elsewhere),
              server("untrusted", vcenter, expired));
      Ran doctor = run(new DoctorCommand(InspectionEmbeddedTest::client), "--config=" + file);
      assertThat(doctor.code()).isEqualTo(1);
      assertThat(doctor.out())
          .containsPattern("ok +server default +certificate")
          .containsPattern("FAILED +server expired +certificate .* is expired or not valid yet")
          .containsPattern(
              "FAILED +server otherhost +certificate .* \\(for vcenter\\.example, valid")
          .containsPattern("FAILED +server untrusted +certificate .* no known authority has signed")
          .containsPattern("ok +server untrusted +service +VMware vCenter");
    }
  }

  @Test
  void aRightThatIsMissingIsNamed() {
    kubernetes.access().refuse("patch", "tenants/status");
    kubernetes.access().refuse("get", "secrets");
    Ran doctor = doctor("--tenant", "default/well", "--watch-namespaces=default");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern(
            "FAILED +rights +tenants/status\\.vminventory\\.io +refused: patch in default")
        .containsPattern("FAILED +rights +secrets +refused: get in default")
        .contains("-> grant it, as deploy/rbac.yaml does")
        .containsPattern("ok +rights +vms\\.vminventory\\.io +.*in all namespaces")
        .containsPattern("FAILED +tenant default/well +password +.*refuses the operator's account")
        .containsPattern("skipped +tenant default/well +login");
    assertThat(plan("--tenant", "default/well").err()).contains("see deploy/rbac.yaml");
  }

  @Test
  void definitionsThatAreMissingOrOldAreNamed() {
    try (EmbeddedKubernetes empty = EmbeddedKubernetes.start()) {
      Callable<Integer> command = new DoctorCommand(() -> client(empty.url()));
      Ran missing = run(command, "--vcenter-host=" + vcenter.url(), "--tenant=default/well");
      assertThat(missing.code()).isEqualTo(1);
      assertThat(missing.out())
          .containsPattern("FAILED +kubernetes +tenants\\.vminventory\\.io +not installed")
          .containsPattern("FAILED +kubernetes +vms\\.vminventory\\.io +not installed")
          .contains("-> kubectl apply -f deploy/crds")
          .containsPattern("FAILED +tenant default/well +Tenant +there is no Tenant 'well'");

      empty.install(CustomResourceDefinitions.tenants());
      empty.install(CustomResourceDefinitions.vms().replace("primaryIP:", "mainIP:"));
      assertThat(run(command, "--vcenter-host=" + vcenter.url()).out())
          .containsPattern("ok +kubernetes +tenants\\.vminventory\\.io")
          .containsPattern("FAILED +kubernetes +vms\\.vminventory\\.io .*: status\\.primaryIP\n");
    }
  }

  @Test
  void heldDeletionsAreExplainedByPlan() {
    Ran plan = plan("--tenant", "default/held");
    assertThat(plan.code()).isZero();
    assertThat(plan.out())
        .containsPattern("change +machine-0 +machine-0 +powerState: none -> ")
        .containsPattern("hold +machine-2 +machine-2\n")
        .contains("0 to create, 2 to change, 0 to delete, 0 unchanged, 18 deletions held")
        .contains(
            "kubectl annotate tenant held -n default --overwrite vminventory.io/confirm-deletion=18")
        .contains("The Tenant is suspended");
  }

  @Test
  void everythingThatStandsInATenantsWayIsSaidAtOnce() {
    Ran doctor = doctor("--tenant", "default/lost");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern("FAILED +tenant default/lost +spec +server 'none' .* is not configured")
        .containsPattern(
            "FAILED +tenant default/lost +target namespace +namespace 'strict' does not take")
        .contains("-> whoever owns it allows that with: kubectl annotate namespace strict")
        .containsPattern("FAILED +tenant default/lost +password +Secret 'none' does not exist");
  }

  @Test
  void whatAnAccountMayNotReadIsCounted() {
    Ran doctor = doctor("--tenant", "default/dim");
    assertThat(doctor.code()).isZero();
    assertThat(doctor.out()).containsPattern("warning +tenant default/dim +facts .*guestOS of 20");
  }

  @Test
  void whatCanStillBeCheckedIsChecked() throws Exception {
    Path file = servers(server("default", vcenter, LASTING), "odd: {host: '', max-reads: many}");
    Ran doctor =
        run(
            new DoctorCommand(() -> client("http://127.0.0.1:1")),
            "--config=" + file,
            "--http-port=70000",
            "--tenant=default/well");
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out())
        .containsPattern("FAILED +configuration +options +settings of server 'odd'")
        .containsPattern("FAILED +configuration +options +--http-port: 70000")
        .containsPattern("FAILED +kubernetes +API server +.*cannot be reached")
        .containsPattern("skipped +rights")
        .containsPattern("ok +server default +service")
        .containsPattern("skipped +server odd")
        .containsPattern("skipped +tenant default/well");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "doctor --tenant=well",
        "doctor --output=xml",
        "plan",
        "plan --tenant=default/well --vcenter-thumbprint=short",
        "plan --tenant=default/../x"
      })
  void wrongUsageIsTwo(String line) {
    String[] words = line.split(" ", -1);
    String[] options = Stream.of(words).skip(1).toArray(String[]::new);
    Ran ran = words[0].equals("plan") ? plan(options) : doctor(options);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isNotEmpty();
  }

  @Test
  void aTenantThatIsNotThereIsSaid() {
    assertThat(plan("--tenant=default/nobody").err())
        .contains("there is no Tenant 'nobody' in namespace 'default'");
    assertThat(doctor("--tenant=default/nobody").out())
        .containsPattern("FAILED +tenant default/nobody +Tenant +there is no Tenant 'nobody'");
  }

  private static Ran doctor(String... options) {
    return run(new DoctorCommand(InspectionEmbeddedTest::client), withServer(options));
  }

  private static Ran plan(String... options) {
    return run(new PlanCommand(InspectionEmbeddedTest::client), withServer(options));
  }

  private static String[] withServer(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--vcenter-host=" + vcenter.url());
    all.add("--vcenter-ca-file=" + LASTING.writeCaPem(folder.resolve("ca.pem")));
    return all.toArray(String[]::new);
  }

  private static String server(String name, VcenterSimulator at, TestCertificates trusted) {
    return "%s: {host: '%s', ca-file: '%s'}"
        .formatted(name, at.url(), trusted.writeCaPem(folder.resolve(name + ".pem")));
  }

  private static Path servers(String... each) throws IOException {
    return Files.writeString(
        folder.resolve("servers.yaml"), "servers: {%s}".formatted(String.join(", ", each)));
  }

  private static KubernetesClient client() {
    return client(kubernetes.url());
  }

  private static KubernetesClient client(String url) {
    return clients.createForOneLook(
        new ConfigBuilder(Config.empty()).withMasterUrl(url).withNamespace("default").build());
  }

  /** Runs a command, which has to keep all three promises whatever it is asked. */
  private static Ran run(Callable<Integer> command, String... options) {
    RequestCounts before = kubernetes.requests();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(command)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(options);

    assertThat(kubernetes.requests().since(before).byVerbAndResource().keySet())
        .allMatch(request -> request.matches("(get|list) .*|create selfsubjectaccessreviews"));
    assertThat(vcenter.sessions()).isEmpty();
    assertThat(out + " " + err).doesNotContain(PASSWORD, WRONG_PASSWORD, base64(PASSWORD));
    return new Ran(code, out.toString(), err.toString());
  }
}
