package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.testkit.relay.FaultRelay;
import java.util.Map;

/**
 * Peers that the operator reaches through relays and the test reaches directly. The relays
 * terminate TLS where they have to read requests: before every API server with TLS, and before a
 * vCenter that cannot return statuses on demand itself.
 */
final class RelayedPeers implements Peers {

  private final FaultPeers inner;
  private final FaultRelay vcenter;
  private final Map<String, String> server;
  private final FaultRelay api;

  private RelayedPeers(FaultPeers inner, FaultRelay vcenter, Map<String, String> server) {
    this.inner = inner;
    this.vcenter = vcenter;
    this.server = server;
    this.api = inner.apiRelay();
  }

  static RelayedPeers of(EmbeddedPeers peers) {
    FaultRelay vcenter = peers.vcenterRelay();
    return new RelayedPeers(peers, vcenter, peers.server(vcenter));
  }

  static RelayedPeers of(RealPeers peers) {
    FaultRelay vcenter = peers.readingVcenterRelay();
    return new RelayedPeers(peers, vcenter, peers.readingServer(vcenter));
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
    return inner.operator(api);
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
