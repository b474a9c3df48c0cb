package io.vminventory.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The peers that the environment names. The operator gets exactly the rights of {@code deploy/},
 * through a token of its service account.
 */
final class RealPeers implements Peers {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";
  static final String VCENTER_URL = "VMINVENTORY_IT_VCENTER_URL";

  private static final Pattern VM_WRITES =
      Pattern.compile(
          "(?m)^apiserver_request_total\\{(?=[^}]*resource=\"vms\")"
              + "(?=[^}]*scope=\"resource\")(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*} (\\d+)");

  private final Config adminConfig = Config.fromKubeconfig(new File(env(KUBECONFIG)));
  private final KubernetesClient admin =
      new KubernetesClientBuilder().withConfig(adminConfig).build();
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
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")),
            20,
            TimeUnit.SECONDS);
    vcenter = VcenterAdmin.login(URI.create(env(VCENTER_URL)), ca(), username(), password());
    source = vcenter.machines().get(0);
  }

  /** Changes the vCenter. */
  VcenterAdmin vcenter() {
    return vcenter;
  }

  /** The machine that new ones are clones of. */
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
    TokenRequest token =
        admin
            .serviceAccounts()
            .inNamespace("vminventory")
            .withName("vminventory")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(Duration.ofHours(1).toSeconds())
                    .endSpec()
                    .build());
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(adminConfig.getMasterUrl())
            .withCaCertData(adminConfig.getCaCertData())
            .withOauthToken(token.getStatus().getToken())
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
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
    return vcenter.cloneOf(source, name);
  }

  @Override
  public String createElsewhere(String name) {
    String folder =
        vcenter.createFolder(vcenter.folderOf(source), "elsewhere-" + UUID.randomUUID());
    return vcenter.cloneOf(source, name, folder);
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
    vcenter.close();
    admin.close();
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
