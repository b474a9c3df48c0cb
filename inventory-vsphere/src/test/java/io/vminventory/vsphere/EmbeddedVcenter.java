package io.vminventory.vsphere;

import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.changes.SimulatorActions;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.SimulatedNic;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The embedded vCenter with what {@code vcsim-testbed --odd} has, too. */
final class EmbeddedVcenter extends TestVcenter {

  private static final TestCertificates CERTIFICATES = TestCertificates.forLoopback();

  private final VcenterSimulator vcenter;

  private EmbeddedVcenter(VcenterSimulator vcenter, Path caFile) {
    super(
        VcenterAdmin.login(vcenter.url(), vcenter.caPem(), "root", "r00t"),
        vcenter.url().toString(),
        caFile.toString());
    this.vcenter = vcenter;
  }

  /** Starts it; the certificate of its authority is in a file of the folder. */
  static EmbeddedVcenter start(Path folder) {
    return new EmbeddedVcenter(
        VcenterSimulator.builder()
            .tls(CERTIFICATES)
            .reportMovesAsLeaveAndEnter(true)
            .reportUnsetOnEnter(true)
            .account("root", "r00t")
            .account("ann", "ann's")
            .account("bob", "bob's", Visibility.folder("/DC0/vm"))
            .machines(
                5,
                i ->
                    SimulatedMachine.named("m" + i)
                        .cpus(1 + i)
                        .poweredOn()
                        .nic(SimulatedNic.withIps("10.0.0." + i)))
            .machine(SimulatedMachine.named("r&d <böse> / \"7\" 東京"))
            .machine(SimulatedMachine.named("lost").withoutConfig().connectionState("orphaned"))
            .start(),
        CERTIFICATES.writeCaPem(folder.resolve("ca.pem")));
  }

  @Override
  Tenant tenant() {
    return new Tenant(new TenantId("default", "ann"), "ann", Secret.of("ann's"), "ann");
  }

  @Override
  Tenant otherTenant() {
    return new Tenant(new TenantId("default", "bob"), "bob", Secret.of("bob's"), "bob");
  }

  @Override
  PlatformActions world() {
    return new SimulatorActions(vcenter, "/DC0/vm");
  }

  @Override
  String add(String name) {
    return vcenter.add(SimulatedMachine.named(name));
  }

  @Override
  void rename(String machine, String name) {
    vcenter.rename(machine, name);
  }

  @Override
  void powerOn(String machine) {
    vcenter.powerOn(machine);
  }

  @Override
  void powerOff(String machine) {
    vcenter.powerOff(machine);
  }

  @Override
  void remove(String machine) {
    vcenter.remove(machine);
  }

  @Override
  OptionalInt logins() {
    return OptionalInt.of(vcenter.requests("Login"));
  }

  @Override
  boolean loseHistory() {
    vcenter.invalidateVersions();
    return true;
  }

  @Override
  public void close() {
    super.close();
    vcenter.close();
  }
}
