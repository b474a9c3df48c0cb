package io.vminventory.vsphere;

import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.changes.VcenterAdminActions;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The vCenter that the environment names; what tests made there goes away in the end. */
final class ForeignVcenter extends TestVcenter {

  static final String URL = "VMINVENTORY_IT_VCENTER_URL";
  private static final String CA = "VMINVENTORY_IT_VCENTER_CA";

  private final List<String> made = new ArrayList<>();

  private ForeignVcenter(VcenterAdmin admin) {
    super(admin, env(URL), env(CA));
  }

  static ForeignVcenter logIn() throws IOException {
    return new ForeignVcenter(
        VcenterAdmin.login(
            URI.create(env(URL)), Files.readString(Path.of(env(CA))), username(), password()));
  }

  private static String username() {
    return env("VMINVENTORY_IT_VCENTER_USERNAME");
  }

  private static String password() {
    return env("VMINVENTORY_IT_VCENTER_PASSWORD");
  }

  private static String env(String name) {
    return System.getenv().getOrDefault(name, "");
  }

  @Override
  Tenant tenant() {
    return new Tenant(new TenantId("default", "it"), username(), Secret.of(password()), "it");
  }

  @Override
  Tenant otherTenant() {
    return tenant();
  }

  @Override
  PlatformActions world() {
    return new VcenterAdminActions(admin(), pattern());
  }

  @Override
  String add(String name) {
    String machine = admin().cloneMachine(pattern(), name);
    made.add(machine);
    return machine;
  }

  /** A machine that has a guest, which one without configuration has not. */
  private String pattern() {
    return admin().machines().stream()
        .filter(id -> admin().property("VirtualMachine", id, "guest.hostName").contains("<val "))
        .findFirst()
        .orElseThrow();
  }

  @Override
  void rename(String machine, String name) {
    admin().rename(machine, name);
  }

  @Override
  void powerOn(String machine) {
    admin().powerOn(machine);
  }

  @Override
  void powerOff(String machine) {
    admin().powerOff(machine);
  }

  @Override
  void remove(String machine) {
    made.remove(machine);
    admin().destroy(machine);
  }

  @Override
  public void close() {
    List.copyOf(made).forEach(this::remove);
    super.close();
  }
}
