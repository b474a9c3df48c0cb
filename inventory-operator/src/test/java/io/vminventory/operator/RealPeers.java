package io.vminventory.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.vminventory.operator.kube.ApiClients;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Real peers named by environment variables. The operator gets exactly the rights of {@code
 * deploy/}, through a token of its service account.
 */
final class RealPeers implements FaultPeers {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";
  static final String VCENTER_URL = "VMINVENTORY_IT_VCENTER_URL";

  private static final Pattern VM_WRITES =
      Pattern.compile(
          "(?m)^apiserver_request_total\\{(?=[^}]*resource=\"vms\")(?=[^}]*scope=\"resource\")(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*}"
              + " (\\d+)");

  private static final int ADMIN_RETRIES = 4;

  private static final Pattern VALUE = Pattern.compile("<val[^>]*>([^<]*)</val>");

  private final Config adminConfig = adminWithFewRetries();
  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(adminConfig).build();
  private final ApiClients clients = new ApiClients(Duration.ofSeconds(20));
  private final TestCertificates relayCertificates = TestCertificates.forLoopback();
  private final VcenterAdmin vcenter;
  private final String source;

  RealPeers() {
    for (String file : List.of("namespace.yaml", "rbac.yaml", "crds")) {
      apply(Path.of("deploy").resolve(file));
    }
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("vms.vminventory.io")
        .waitUntilCondition(
            crd ->
                crd.getStatus() != null
                    && crd.getStatus().getConditions() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            20,
            TimeUnit.SECONDS);
    vcenter = VcenterAdmin.login(URI.create(env(VCENTER_URL)), ca(), username(), password());
    source = vcenter.machines().get(0);
  }

  /** Administrator of the vCenter. */
  VcenterAdmin vcenter() {
    return vcenter;
  }

  /** Machine from which new ones are cloned. */
  String source() {
    return source;
  }

  private void apply(Path path) {
    if (Files.isDirectory(path)) {
      try (var files = Files.list(path)) {
        files.sorted().forEach(this::apply);
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    try (InputStream in = Files.newInputStream(path)) {
      for (HasMetadata object : admin.load(in).items()) {
        admin.resource(object).forceConflicts().serverSideApply();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public KubernetesClient admin() {
    return admin;
  }

  @Override
  public KubernetesClient operator() {
    return operator(adminConfig.getMasterUrl(), adminConfig.getCaCertData());
  }

  @Override
  public KubernetesClient operator(FaultRelay relay) {
    return operator(relay.url("https").toString(), relayCa());
  }

  /** A new client with the rights of another service account; the caller closes it. */
  KubernetesClient as(String namespace, String serviceAccount) {
    return client(
        adminConfig.getMasterUrl(), adminConfig.getCaCertData(), token(namespace, serviceAccount));
  }

  private KubernetesClient operator(String url, String caCertData) {
    return client(url, caCertData, token());
  }

  private KubernetesClient client(String url, String caCertData, String token) {
    return clients.create(
        new ConfigBuilder(Config.empty())
            .withMasterUrl(url)
            .withCaCertData(caCertData)
            .withOauthToken(token)
            .build());
  }

  @Override
  public Path kubeconfig(FaultRelay relay, Path directory) {
    return KubeconfigFile.write(
        directory,
        "{server: '%s', certificate-authority-data: %s}".formatted(relay.url("https"), relayCa()),
        "{token: %s}".formatted(token()));
  }

  private String relayCa() {
    return base64(relayCertificates.caPem());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String token() {
    return token("vminventory", "vminventory");
  }

  private String token(String namespace, String serviceAccount) {
    TokenRequest token =
        admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(serviceAccount)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(Duration.ofHours(1).toSeconds())
                    .endSpec()
                    .build());
    return token.getStatus().getToken();
  }

  @Override
  public FaultRelay apiRelay() {
    URI url = URI.create(adminConfig.getMasterUrl());
    return FaultRelay.to(url.getHost(), url.getPort())
        .clientTls(relayCertificates.serverContext())
        .serverTls(trusting(adminConfig.getCaCertData()))
        .start();
  }

  @Override
  public FaultRelay vcenterRelay() {
    URI url = URI.create(env(VCENTER_URL));
    return FaultRelay.to(url.getHost(), url.getPort()).start();
  }

  /** A new relay to the vCenter that can read the requests. */
  FaultRelay readingVcenterRelay() {
    URI url = URI.create(env(VCENTER_URL));
    return FaultRelay.to(url.getHost(), url.getPort())
        .clientTls(relayCertificates.serverContext())
        .serverTls(trusting(base64(ca())))
        .start();
  }

  /** Provider settings to reach the vCenter through such a relay. */
  Map<String, String> readingServer(FaultRelay relay) {
    return Map.of(
        "host", relay.url("https") + "/sdk", "thumbprint", relayCertificates.thumbprint());
  }

  private static SSLContext trusting(String caCertData) {
    try {
      return SSLUtils.sslContext(
          new ConfigBuilder(Config.empty()).withCaCertData(caCertData).build());
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("the certificate authority cannot be used", e);
    }
  }

  @Override
  public Map<String, String> server() {
    return Map.of("host", env(VCENTER_URL), "ca-file", env("VMINVENTORY_IT_VCENTER_CA"));
  }

  @Override
  public String username() {
    return env("VMINVENTORY_IT_VCENTER_USERNAME");
  }

  @Override
  public String password() {
    return env("VMINVENTORY_IT_VCENTER_PASSWORD");
  }

  @Override
  public String create(String name) {
    return vcenter.cloneMachine(source, name);
  }

  @Override
  public String createElsewhere(String name) {
    String folder =
        vcenter.createFolder(vcenter.folderOf(source), "elsewhere-" + UUID.randomUUID());
    return vcenter.cloneMachine(source, name, folder);
  }

  @Override
  public boolean canName(String name) {
    return !name.contains("/");
  }

  @Override
  public void powerOn(String machine) {
    vcenter.powerOn(machine);
  }

  @Override
  public void rename(String machine, String name) {
    vcenter.rename(machine, name);
  }

  @Override
  public void destroy(String machine) {
    if (vcenter.property("VirtualMachine", machine, "runtime.powerState").contains("poweredOn")) {
      vcenter.powerOff(machine);
    }
    vcenter.destroy(machine);
  }

  @Override
  public Map<String, MachineSummary> machines() {
    return vcenter.machines().stream().collect(Collectors.toMap(this::key, this::facts));
  }

  private MachineSummary facts(String machine) {
    return new MachineSummary(
        value(machine, "name"),
        value(machine, "runtime.powerState"),
        Integer.parseInt(value(machine, "summary.config.numCpu")),
        Integer.parseInt(value(machine, "summary.config.memorySizeMB")));
  }

  private String value(String machine, String path) {
    Matcher value = VALUE.matcher(vcenter.property("VirtualMachine", machine, path));
    if (!value.find()) {
      throw new AssertionError(machine + " has no " + path);
    }
    return value.group(1);
  }

  @Override
  public String key(String machine) {
    return vcenter.instanceUuid() + "/" + machine;
  }

  @Override
  public void endSessions() {
    vcenter.otherSessions().forEach(vcenter::terminateSession);
  }

  @Override
  public int sessions() {
    return vcenter.otherSessions().size();
  }

  @Override
  public int vmWrites() {
    return VM_WRITES
        .matcher(admin.raw("/metrics"))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .sum();
  }

  @Override
  public void close() {
    clients.close();
    vcenter.close();
    admin.close();
  }

  /** Fails within seconds if there is no API server. */
  private static Config adminWithFewRetries() {
    Config config = Config.fromKubeconfig(new File(env(KUBECONFIG)));
    config.setRequestRetryBackoffLimit(ADMIN_RETRIES);
    return config;
  }

  private static String ca() {
    try {
      return Files.readString(Path.of(env("VMINVENTORY_IT_VCENTER_CA")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String env(String name) {
    return System.getenv().getOrDefault(name, "");
  }
}
