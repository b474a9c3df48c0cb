package io.vminventory.vsphere;

import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.contract.ProviderFixture;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A vCenter under the contracts of all providers, reached through a relay that disturbs it. */
final class VsphereFixture implements ProviderFixture {

  private static final int HTTPS = 443;

  /** Less than the response with the machines. */
  private static final int PART = 500;

  private final TestVcenter vcenter;
  private final FaultRelay relay;
  private final Set<String> sessionsOfOthers;

  VsphereFixture(TestVcenter vcenter) {
    this.vcenter = vcenter;
    URI url = vcenter.url();
    this.relay = FaultRelay.to(url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort()).start();
    this.sessionsOfOthers = vcenter.sessions();
  }

  @Override
  public InventoryProviderFactory factory() {
    return new VsphereProviderFactory();
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(vcenter.settings());
    settings.put("host", "127.0.0.1:" + relay.port());
    return settings;
  }

  @Override
  public Map<String, String> invalidSettings() {
    return Map.of(
        "ca-file", "absent.pem", "insecure", "perhaps", "max-wait", "1ms", "page-size", "many");
  }

  @Override
  public Tenant tenant() {
    return vcenter.tenant();
  }

  @Override
  public Tenant otherTenant() {
    return vcenter.otherTenant();
  }

  @Override
  public Tenant tenantWithWrongPassword() {
    Tenant tenant = tenant();
    return new Tenant(tenant.id(), tenant.username(), Secret.of("wr0ng-s3cret"), tenant.target());
  }

  @Override
  public Set<VirtualMachineId> machines() {
    return vcenter.machines();
  }

  @Override
  public VirtualMachineId add(String name) {
    return vcenter.id(vcenter.add(name));
  }

  @Override
  public void change(VirtualMachineId id) {
    vcenter.rename(TestVcenter.machine(id), "contract-changed");
  }

  @Override
  public void remove(VirtualMachineId id) {
    vcenter.remove(TestVcenter.machine(id));
  }

  @Override
  public int logins() {
    return vcenter.logins().orElseGet(ProviderFixture.super::logins);
  }

  @Override
  public int openSessions() {
    return vcenter.sessions().size();
  }

  @Override
  public void endSessions() {
    Set<String> ours = new TreeSet<>(vcenter.sessions());
    ours.removeAll(sessionsOfOthers);
    ours.forEach(vcenter.admin()::terminateSession);
  }

  @Override
  public void cutReads() {
    relay.inject(RelayFault.cutAfter(PART));
  }

  @Override
  public void disconnect() {
    relay.inject(RelayFault.refuse());
    relay.inject(RelayFault.reset());
  }

  @Override
  public void loseHistory() {
    if (!vcenter.loseHistory()) {
      ProviderFixture.super.loseHistory();
    }
  }

  /** Sessions that could not log out, since they were cut off, are ended here. */
  @Override
  public void close() {
    relay.close();
    endSessions();
  }
}
