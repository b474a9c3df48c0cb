package io.vminventory.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * Peers that the operator reaches through relays, and the test directly. The relays end TLS where
 * they have to read requests: towards every API server with TLS, and towards a vCenter that cannot
 * answer with a status on demand itself.
 */
final class RelayedPeers implements Peers {

  /** As the operator configures its own client. */
  private static final int RETRIES = 4;

  private static final int WATCH_RECONNECT_MILLIS = 300;

  private final Peers inner;
  private final Config operatorConfig;
  private final Map<String, String> server;
  private final FaultRelay vcenter;
  private final FaultRelay api;

  private RelayedPeers(
      Peers inner,
      Config operatorConfig,
      Map<String, String> server,
      FaultRelay vcenter,
      FaultRelay api) {
    this.inner = inner;
    this.operatorConfig = operatorConfig;
    this.server = server;
    this.vcenter = vcenter;
    this.api = api;
  }

  static RelayedPeers of(EmbeddedPeers peers) {
    URI kubernetes = URI.create(peers.kubernetes().url());
    FaultRelay api = FaultRelay.to(kubernetes.getHost(), kubernetes.getPort()).start();
    FaultRelay vcenter = FaultRelay.to("127.0.0.1", peers.vcenter().port()).start();
    Map<String, String> server = new HashMap<>(peers.server());
    server.put("host", vcenter.url("https") + "/sdk");
    Config config =
        new ConfigBuilder(operatorConfig(peers)).withMasterUrl(api.url("http").toString()).build();
    return new RelayedPeers(peers, config, server, vcenter, api);
  }

  static RelayedPeers of(RealPeers peers) {
    TestCertificates certificates = TestCertificates.forLoopback();
    Config direct = operatorConfig(peers);
    URI kubernetes = URI.create(direct.getMasterUrl());
    FaultRelay api =
        FaultRelay.to(kubernetes.getHost(), kubernetes.getPort())
            .clientTls(certificates.serverContext())
            .serverTls(trusting(direct.getCaCertData()))
            .start();
    Config config =
        new ConfigBuilder(direct)
            .withMasterUrl(api.url("https").toString())
            .withCaCertData(base64(certificates.caPem()))
            .build();
    URI sdk = URI.create(peers.server().getOrDefault("host", ""));
    FaultRelay vcenter =
        FaultRelay.to(sdk.getHost(), sdk.getPort())
            .clientTls(certificates.serverContext())
            .serverTls(trusting(base64(read(peers.server().getOrDefault("ca-file", "")))))
            .start();
    Map<String, String> server =
        Map.of("host", vcenter.url("https") + "/sdk", "thumbprint", certificates.thumbprint());
    return new RelayedPeers(peers, config, server, vcenter, api);
  }

  private static Config operatorConfig(Peers peers) {
    try (KubernetesClient client = peers.operator()) {
      Config config = new ConfigBuilder(client.getConfiguration()).build();
      config.setRequestRetryBackoffLimit(RETRIES);
      config.setWatchReconnectInterval(WATCH_RECONNECT_MILLIS);
      return config;
    }
  }

  private static SSLContext trusting(String caCertData) {
    try {
      return SSLUtils.sslContext(
          new ConfigBuilder(Config.empty()).withCaCertData(caCertData).build());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the CA certificate cannot be used", e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Between the operator and the vCenter. */
  FaultRelay vcenter() {
    return vcenter;
  }

  /** Between the operator and the API server. */
  FaultRelay api() {
    return api;
  }

  @Override
  public KubernetesClient admin() {
    return inner.admin();
  }

  @Override
  public KubernetesClient operator() {
    return new KubernetesClientBuilder().withConfig(operatorConfig).build();
  }

  @Override
  public Map<String, String> server() {
    return server;
  }

  @Override
  public String username() {
    return inner.username();
  }

  @Override
  public String password() {
    return inner.password();
  }

  @Override
  public String create(String name) {
    return inner.create(name);
  }

  @Override
  public String createElsewhere(String name) {
    return inner.createElsewhere(name);
  }

  @Override
  public boolean canName(String name) {
    return inner.canName(name);
  }

  @Override
  public void powerOn(String machine) {
    inner.powerOn(machine);
  }

  @Override
  public void rename(String machine, String name) {
    inner.rename(machine, name);
  }

  @Override
  public void destroy(String machine) {
    inner.destroy(machine);
  }

  @Override
  public int sessions() {
    return inner.sessions();
  }

  @Override
  public int vmWrites() {
    return inner.vmWrites();
  }

  @Override
  public void close() {
    vcenter.close();
    api.close();
    inner.close();
  }
}
