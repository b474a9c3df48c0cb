package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class VcenterVisibilityTest {

  private VcenterSimulator vcenter;

  @BeforeEach
  void start() {
    vcenter =
        VcenterSimulator.builder()
            .withoutTls()
            .machine(SimulatedMachine.named("a-1").folder("/DC0/vm/a").poweredOn().ip("10.0.0.1"))
            .machine(SimulatedMachine.named("a-2").folder("/DC0/vm/a/deep"))
            .machine(SimulatedMachine.named("b-1").folder("/DC0/vm/b"))
            .account("all", "pass")
            .start();
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  private SoapClient tenant(Visibility visibility) throws Exception {
    vcenter.account("tenant", "pass", visibility);
    return SoapClient.loggedIn(vcenter, "tenant", "pass");
  }

  private static List<String> view(SoapClient client, String type) throws Exception {
    String spec =
        SoapClient.viewSpec(
            "specSet", client.view(SoapClient.ALL_MACHINES, type), "ManagedEntity", "name");
    return SoapClient.objects(client.retrieve(spec, "")).stream()
        .map(object -> SoapClient.value(object, "name").orElseThrow().text())
        .toList();
  }

  @Test
  void accountSeesItsMachinesAndTheirFoldersOnly() throws Exception {
    SoapClient client = tenant(Visibility.only("a-2"));

    assertThat(client.names()).containsExactly("a-2");
    assertThat(view(client, "Folder"))
        .containsExactlyInAnyOrder("vm", "host", "datastore", "network", "a", "deep");
    assertThat(view(client, "HostSystem")).isEmpty();
    assertThat(SoapClient.loggedIn(vcenter, "all", "pass").names()).hasSize(3);
  }

  @Test
  void folderShowsAllBelowItNowAndLater() throws Exception {
    SoapClient client = tenant(Visibility.folder("/DC0/vm/a"));
    assertThat(client.names()).containsExactlyInAnyOrder("a-1", "a-2");

    vcenter.moveToFolder("b-1", "/DC0/vm/a");
    vcenter.moveToFolder("a-1", "/DC0/vm/ab");

    assertThat(client.names()).containsExactlyInAnyOrder("b-1", "a-2");
  }

  @Test
  void predicateIsEvaluatedAtEveryRead() throws Exception {
    SoapClient client = tenant(Visibility.where(m -> m.powerState().equals("poweredOn")));
    assertThat(client.names()).containsExactly("a-1");

    vcenter.powerOff("a-1");
    vcenter.powerOn("b-1");

    assertThat(client.names()).containsExactly("b-1");
  }

  @Test
  void unreadablePropertiesAreReportedAsMissing() throws Exception {
    SoapClient client = tenant(Visibility.only("a-1").unreadable("config.uuid", "guest"));

    XmlElement object =
        SoapClient.objects(
                client.retrieveMachines(
                    10, "name", "config.uuid", "config.name", "guest.net", "config"))
            .get(0);

    assertThat(object.children("propSet"))
        .extracting(property -> property.textOf("name"))
        .containsExactly("name", "config.name");
    assertThat(object.children("missingSet"))
        .extracting(missing -> missing.textOf("path"))
        .containsExactly("config.uuid", "guest.net", "config");
    XmlElement fault =
        object
            .children("missingSet")
            .get(0)
            .child("fault")
            .orElseThrow()
            .child("fault")
            .orElseThrow();
    assertThat(fault.xsiType()).isEqualTo("NoPermission");
  }

  @Test
  void hiddenHostsAreVisibleByReferenceOnly() throws Exception {
    SoapClient client = tenant(Visibility.only("a-1"));
    String host = client.machine("vm-1", "runtime.host").text();
    String spec =
        SoapClient.objectSpec("specSet", "HostSystem:" + host, "HostSystem", "name", "vm");

    XmlElement hidden = SoapClient.objects(client.retrieve(spec, "")).get(0);
    vcenter.changeVisibility("tenant", Visibility.only("a-1").withHosts());
    XmlElement shown = SoapClient.objects(client.retrieve(spec, "")).get(0);

    assertThat(hidden.children("missingSet")).hasSize(2);
    assertThat(SoapClient.value(shown, "name").orElseThrow().text()).isEqualTo("C0-H0");
    assertThat(SoapClient.value(shown, "vm").orElseThrow().children()).hasSize(1);
    assertThat(view(client, "ClusterComputeResource")).containsExactly("C0");
  }

  @Test
  void hiddenMachinesCannotBeReadByReference() throws Exception {
    SoapClient client = tenant(Visibility.only("a-1"));

    XmlElement hidden =
        SoapClient.objects(
                client.retrieve(
                    SoapClient.objectSpec(
                        "specSet", "VirtualMachine:vm-3", "VirtualMachine", "name"),
                    ""))
            .get(0);

    assertThat(hidden.children("propSet")).isEmpty();
    assertThat(hidden.children("missingSet")).hasSize(1);
  }

  @Test
  void accountThatSeesNothingHasAnEmptyInventory() throws Exception {
    SoapClient client = tenant(Visibility.only());

    assertThat(client.names()).isEmpty();
    assertThat(view(client, "Datacenter")).isEmpty();
  }
}
