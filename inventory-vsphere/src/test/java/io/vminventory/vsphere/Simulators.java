package io.vminventory.vsphere;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How tests reach an embedded vCenter that they declare themselves. */
final class Simulators {

  static final TenantId TENANT = new TenantId("default", "ann");
  private static final TestCertificates CERTIFICATES = TestCertificates.forLoopback();

  private Simulators() {}

  /** An embedded vCenter with TLS; making certificates once is enough. */
  static VcenterBuilder builder() {
    return VcenterSimulator.builder().tls(CERTIFICATES);
  }

  /** The account {@code ann} with the password {@code ann's}. */
  static Tenant ann() {
    return new Tenant(TENANT, "ann", Secret.of("ann's"), "ann");
  }

  static VsphereProvider provider(VcenterSimulator vcenter, Map<String, String> more)
      throws InventoryException {
    Map<String, String> values = new HashMap<>();
    values.put("host", vcenter.url().toString());
    values.put("thumbprint", vcenter.thumbprint());
    values.putAll(more);
    return new VsphereProvider(VsphereSettings.of(new ProviderSettings("test", values)));
  }

  static InventorySession open(VcenterSimulator vcenter) throws Exception {
    return provider(vcenter, Map.of()).open(ann(), SessionPurpose.WATCH);
  }

  static Inventory snapshot(InventorySession session) throws Exception {
    return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
  }

  /** What {@code ann} sees now. */
  static Inventory snapshot(VcenterSimulator vcenter) throws Exception {
    try (InventorySession session = open(vcenter)) {
      return snapshot(session);
    }
  }

  /** Waits until the server holds a call, as a delay or silence makes it. */
  static void awaitHeld(VcenterSimulator vcenter) {
    Eventually.within(Duration.ofSeconds(20)).until(() -> vcenter.faults().held() > 0);
  }

  static VirtualMachine machine(Inventory inventory, String name) {
    return inventory.machines().stream()
        .filter(machine -> machine.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
