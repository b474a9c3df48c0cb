package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.operator.cli.DoctorCommand;
import io.vminventory.operator.cli.PlanCommand;
import io.vminventory.operator.kube.ApiClients;
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
import picocli.CommandLine;

/**
 * Embedded peers with Tenants that have all kinds of problems, and the commands that inspect them.
 * A command must never write, leave a session or show a password.
 */
final class InspectionFixture implements AutoCloseable {

  static final String PASSWORD = "s3cret&<Horse>";
  static final String WRONG_PASSWORD = "wr0ng&<Horse>";
  static final TestCertificates CERTIFICATES = TestCertificates.validFor(Duration.ofDays(60));

  /** Exit code and output of a command. */
  record CommandResult(int code, String out, String err) {}

  private final Path folder;
  private final ApiClients clients = new ApiClients(Duration.ofSeconds(20));
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final VcenterSimulator vcenter =
      VcenterSimulator.builder()
          .tls(CERTIFICATES)
          .account("ann", PASSWORD)
          .account("few", PASSWORD, Visibility.only("machine-0", "machine-1"))
          .account(
              "dim",
              PASSWORD,
              Visibility.everything().unreadable("config.guestFullName", "guest.guestFullName"))
          .machines(20, i -> SimulatedMachine.named("machine-" + i).ip("10.0.0." + (i + 1)))
          .start();

  /**
   * @param folder for files named by options
   */
  InspectionFixture(Path folder) throws Exception {
    this.folder = folder;
    CustomResourceDefinitions.all().forEach(kubernetes::install);
    List.of("default", "strict").forEach(kubernetes::createNamespace);
    secret("right", PASSWORD);
    secret("wrong", WRONG_PASSWORD);
    tenant("well", "{username: ann, passwordSecretRef: {name: right}}");
    tenant("wrong", "{username: ann, passwordSecretRef: {name: wrong}}");
    tenant("resting", "{username: ann, passwordSecretRef: {name: wrong}}");
    refused("resting");
    tenant("dim", "{username: dim, passwordSecretRef: {name: right}}");
    tenant(
        "lost",
        "{username: ann, passwordSecretRef: {name: none}, server: none, targetNamespace: strict}");
    tenant("held", "{username: few, passwordSecretRef: {name: right}, suspend: true}");
    recordTwenty("held");
  }

  VcenterSimulator vcenter() {
    return vcenter;
  }

  EmbeddedKubernetes kubernetes() {
    return kubernetes;
  }

  private void secret(String name, String password) {
    kubernetes.install(
        "{apiVersion: v1, kind: Secret, metadata: {name: %s, namespace: default}, data: {password: %s}}"
            .formatted(name, base64(password)));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void tenant(String name, String spec) {
    kubernetes.install(
        "{apiVersion: vminventory.io/v1, kind: Tenant, metadata: {name: %s, namespace: default}, spec: %s}"
            .formatted(name, spec));
  }

  /** Sets the status of a refused login, with a retry far in the future. */
  private void refused(String name) {
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
            + ") changes";
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

  /** Records all machines for a Tenant whose account now sees fewer. */
  private void recordTwenty(String tenant) throws Exception {
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
        new Tenant(new TenantId("default", tenant), "few", Secret.of(PASSWORD), "default");
    try (KubernetesInventorySink sink =
        new KubernetesInventorySink(
            kubernetes.client(),
            SinkOptions.defaults(),
            WritePermit.ALWAYS,
            InstantSource.system())) {
      assertThat(sink.apply(held, Inventory.of("", machines), 0).complete()).isTrue();
    }
  }

  CommandResult doctor(String... options) {
    return run(new DoctorCommand(this::client), withServer(options));
  }

  CommandResult plan(String... options) {
    return run(new PlanCommand(this::client), withServer(options));
  }

  private String[] withServer(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--vcenter-host=" + vcenter.url());
    all.add("--vcenter-ca-file=" + CERTIFICATES.writeCaPem(folder.resolve("ca.pem")));
    return all.toArray(String[]::new);
  }

  String server(String name, VcenterSimulator at, TestCertificates trusted) {
    return "%s: {host: '%s', ca-file: '%s'}"
        .formatted(name, at.url(), trusted.writeCaPem(folder.resolve(name + ".pem")));
  }

  Path servers(String... each) throws IOException {
    return Files.writeString(
        folder.resolve("servers.yaml"), "servers: {%s}".formatted(String.join(", ", each)));
  }

  KubernetesClient client() {
    return client(kubernetes.url());
  }

  KubernetesClient client(String url) {
    return clients.createOneShot(
        new ConfigBuilder(Config.empty()).withMasterUrl(url).withNamespace("default").build());
  }

  /** Runs a command and checks that it wrote nothing, left no session and showed no password. */
  CommandResult run(Callable<Integer> command, String... options) {
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
    return new CommandResult(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    clients.close();
    vcenter.close();
    kubernetes.close();
  }
}
