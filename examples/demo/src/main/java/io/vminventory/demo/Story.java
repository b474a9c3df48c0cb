package io.vminventory.demo;

import io.vminventory.testkit.fake.SampleMachines;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.util.List;
import java.util.UUID;

/** Contents of the demo: the machines, the accounts that see them, and their Tenants. */
final class Story {

  /** The namespace of the Tenants and their Secrets. */
  static final String NAMESPACE = "default";

  static final Registration TEST =
      new Registration("test", "ike-admin@vsphere.local", "test-tenant", Visibility.everything());

  static final Registration DEV =
      new Registration(
          "dev",
          "ike-dev@vsphere.local",
          "dev-tenant",
          Visibility.where(machine -> machine.name().startsWith("nwcd-ike-a-")).withHosts());

  static final List<Registration> TENANTS = List.of(TEST, DEV);

  /**
   * A Tenant and its account, with a password of this run only.
   *
   * @param name the Tenant's name
   * @param targetNamespace where its records go
   * @param sees which machines the vCenter shows to the account
   */
  record Registration(
      String name, String username, String password, String targetNamespace, Visibility sees) {

    Registration(String name, String username, String targetNamespace, Visibility sees) {
      this(name, username, UUID.randomUUID().toString(), targetNamespace, sees);
    }

    /** The manifest that registers the account. */
    String yaml() {
      return """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: %4$s
        annotations:
          vminventory.io/allow-tenants-from: %5$s
      ---
      apiVersion: v1
      kind: Secret
      metadata:
        name: %1$s-pass
        namespace: %5$s
      stringData:
        password: %3$s
      ---
      apiVersion: vminventory.io/v1
      kind: Tenant
      metadata:
        name: %1$s
        namespace: %5$s
      spec:
        username: %2$s
        passwordSecretRef:
          name: %1$s-pass
        targetNamespace: %4$s
      """
          .formatted(name, username, password, targetNamespace, NAMESPACE);
    }
  }

  private Story() {}

  /** Starts the vCenter, over TLS, with all machines and accounts. */
  static VcenterSimulator startVcenter() {
    VcenterBuilder builder = VcenterSimulator.builder().samples(SampleMachines.story());
    TENANTS.forEach(tenant -> builder.account(tenant.username(), tenant.password(), tenant.sees()));
    return builder.start();
  }
}
