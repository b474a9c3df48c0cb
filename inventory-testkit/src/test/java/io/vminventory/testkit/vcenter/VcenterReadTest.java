package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class VcenterReadTest {

  private VcenterSimulator vcenter;
  private SoapClient client;

  @BeforeEach
  void start() throws Exception {
    vcenter =
        VcenterSimulator.builder()
            .withoutTls()
            .datacenter(
                "Europe/DC0", dc -> dc.cluster("C0", "h0", "h1").host("h2").vApp("app").folder("a"))
            .machine(
                SimulatedMachine.named("web-1")
                    .folder("/Europe/DC0/vm/a/b")
                    .host("h1")
                    .cpus(2)
                    .memoryMB(2048)
                    .poweredOn()
                    .ip("10.0.0.1", "fe80::1")
                    .nic(
                        SimulatedNic.withIps("172.17.0.1")
                            .deviceConfigId(-1)
                            .mac("02:42:00:00:00:01")))
            .machine(SimulatedMachine.named("50%/a\\b <é>").folder("/Europe/DC0/vm").ip("10.0.0.2"))
            .machine(
                SimulatedMachine.named("lost")
                    .folder("/Europe/DC0/vm")
                    .withoutConfig()
                    .connectionState("orphaned"))
            .machine(
                SimulatedMachine.named("in-app").folder("/Europe/DC0/vm").vApp("app").template())
            .start();
    client = SoapClient.loggedIn(vcenter);
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void valuesNameTheirTypes() throws Exception {
    String[] paths = {
      "name",
      "config.hardware.numCPU",
      "config.template",
      "runtime.powerState",
      "runtime.host",
      "guest.net",
      "config",
      "guest.ipAddress"
    };

    XmlElement web =
        SoapClient.objects(
                client.retrieve(
                    SoapClient.objectSpec(
                        "specSet", "VirtualMachine:vm-1", "VirtualMachine", paths),
                    ""))
            .get(0);

    assertThat(web.child("obj").orElseThrow().ref()).isEqualTo(new MoRef("VirtualMachine", "vm-1"));
    assertThat(web.children("propSet"))
        .extracting(p -> p.textOf("name") + " " + p.child("val").orElseThrow().xsiType())
        .containsExactly(
            "name string",
            "config.hardware.numCPU int",
            "config.template boolean",
            "runtime.powerState VirtualMachinePowerState",
            "runtime.host ManagedObjectReference",
            "guest.net ArrayOfGuestNicInfo",
            "config VirtualMachineConfigInfo",
            "guest.ipAddress string");
    assertThat(text(web, "config.hardware.numCPU")).contains("2");
    assertThat(SoapClient.value(web, "runtime.host").orElseThrow().ref())
        .isEqualTo(new MoRef("HostSystem", "host-2"));
    List<XmlElement> nics = SoapClient.value(web, "guest.net").orElseThrow().children();
    assertThat(nics).extracting(nic -> nic.textOf("deviceConfigId")).containsExactly("4000", "-1");
    assertThat(nics.get(0).children("ipAddress"))
        .extracting(XmlElement::text)
        .containsExactly("10.0.0.1", "fe80::1");
  }

  private static Optional<String> text(XmlElement object, String path) {
    return SoapClient.value(object, path).map(XmlElement::text);
  }

  @Test
  void namesAreEscapedAsVcenterStoresThem() throws Exception {
    assertThat(client.names())
        .containsExactlyInAnyOrder("web-1", "50%25%2fa%5cb <é>", "lost", "in-app");
    assertThat(client.machine("vm-2", "config.name").text()).isEqualTo("50%/a\\b <é>");
  }

  @Test
  void unsetPropertiesAreLeftOut() throws Exception {
    assertThat(client.machines("config.uuid")).containsOnlyKeys("vm-1", "vm-2", "vm-4");
    assertThat(client.machines("guest.ipAddress")).containsOnlyKeys("vm-1");
    assertThat(client.machines("snapshot")).isEmpty();
    assertThat(client.machine("vm-3", "runtime.connectionState").text()).isEqualTo("orphaned");
  }

  @Test
  void machineOfAVappHasNoFolder() throws Exception {
    assertThat(client.machines("parent")).containsOnlyKeys("vm-1", "vm-2", "vm-3");
    assertThat(client.machines("parentVApp")).containsOnlyKeys("vm-4");
    assertThat(client.machine("vm-4", "resourcePool").ref().kind()).isEqualTo("VirtualApp");
  }

  @Test
  void pagesAreCompleteAndTokensAreUsedOnce() throws Exception {
    List<String> read = new ArrayList<>();
    SoapClient.Response page = client.retrieveMachines(3, "name");
    assertThat(SoapClient.objects(page)).hasSize(3);
    SoapClient.objects(page).forEach(object -> read.add(object.textOf("obj")));
    String token = page.result().textOf("token");

    page = client.continueRead(token);
    SoapClient.objects(page).forEach(object -> read.add(object.textOf("obj")));

    assertThat(read).containsExactlyInAnyOrder("vm-1", "vm-2", "vm-3", "vm-4");
    assertThat(page.result().child("token")).isEmpty();
    assertThat(client.continueRead(token).fault()).isEqualTo("InvalidArgument");
  }

  @Test
  void cancelledReadCannotBeContinued() throws Exception {
    String token = client.retrieveMachines(1, "name").result().textOf("token");

    client.call(
        "CancelRetrievePropertiesEx",
        "PropertyCollector:propertyCollector",
        "<token>" + token + "</token>");

    assertThat(client.continueRead(token).fault()).isEqualTo("InvalidArgument");
  }

  @Test
  void serverCanLimitThePageSize() throws Exception {
    try (VcenterSimulator small =
        VcenterSimulator.builder()
            .withoutTls()
            .pageLimit(2)
            .machines(5, i -> SimulatedMachine.named("m" + i))
            .start()) {
      SoapClient.Response page = SoapClient.loggedIn(small).retrieveMachines(100, "name");

      assertThat(SoapClient.objects(page)).hasSize(2);
      assertThat(page.result().textOf("token")).isNotEmpty();
    }
  }

  @Test
  void machinesDeletedBetweenPagesAreSkipped() throws Exception {
    SoapClient.Response page = client.retrieveMachines(1, "name");
    String first = SoapClient.objects(page).get(0).textOf("obj");
    vcenter.remove(first.equals("vm-1") ? "vm-2" : "vm-1");

    List<String> names = new ArrayList<>();
    while (page.result().child("token").isPresent()) {
      page = client.continueRead(page.result().textOf("token"));
      SoapClient.objects(page).forEach(object -> names.add(text(object, "name").orElseThrow()));
    }

    assertThat(names).hasSize(2).doesNotContain("web-1");
  }

  @Test
  void unknownPathsAndObjectsAreFaults() throws Exception {
    assertThat(client.retrieveMachines(1, "name", "config.nosuch").fault())
        .isEqualTo("InvalidProperty");
    assertThat(
            client
                .retrieve(
                    SoapClient.objectSpec(
                        "specSet", "VirtualMachine:vm-99", "VirtualMachine", "name"),
                    "")
                .fault())
        .isEqualTo("ManagedObjectNotFound");
    assertThat(client.retrieveMachines(0, "name").fault()).isEqualTo("InvalidArgument");
    assertThat(client.retrieve("<specSet/>", "").fault()).isEqualTo("InvalidArgument");
  }

  @Test
  void emptySelectionIsAResponseWithoutResult() throws Exception {
    SoapClient.Response response =
        client.retrieve(
            SoapClient.viewSpec(
                "specSet", client.view(SoapClient.ALL_MACHINES, "HostSystem"), "Folder", "name"),
            "");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.element().children()).isEmpty();
  }

  @Test
  void recursiveTraversalReachesTheRoot() throws Exception {
    String climb =
        "<skip>false</skip><selectSet i:type='TraversalSpec'><name>up</name>"
            + "<type>ManagedEntity</type><path>parent</path>"
            + "<selectSet i:type='SelectionSpec'><name>up</name></selectSet></selectSet>";

    List<XmlElement> objects =
        SoapClient.objects(
            client.retrieve(
                SoapClient.spec(
                    "specSet",
                    "ManagedEntity",
                    SoapClient.ref("obj", "VirtualMachine:vm-1") + climb,
                    "name"),
                ""));

    assertThat(objects)
        .extracting(object -> text(object, "name").orElse(""))
        .containsExactly("web-1", "b", "a", "vm", "DC0", "Europe", "Datacenters");
  }

  @Test
  void danglingSelectionSpecIsAFault() throws Exception {
    String dangling = "<selectSet i:type='SelectionSpec'><name>nowhere</name></selectSet>";

    assertThat(
            client
                .retrieve(
                    SoapClient.spec(
                        "specSet",
                        "ManagedEntity",
                        SoapClient.ref("obj", "VirtualMachine:vm-1") + dangling,
                        "name"),
                    "")
                .fault())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void sameModelGivesTheSameResponses() throws Exception {
    Map<String, XmlElement> first = client.machines("summary");
    stop();
    start();

    assertThat(client.machines("summary")).isEqualTo(first);
  }

  @Test
  void changesAreSeenByTheNextRead() throws Exception {
    vcenter.rename("web-1", "web-2");
    vcenter.reconfigure("web-2", 8, 4096);
    vcenter.moveToHost("web-2", "h2");
    vcenter.moveToFolder("web-2", "/Europe/DC0/vm/new");
    vcenter.setIps("web-2", List.of("10.9.9.9"));
    String added = vcenter.add(SimulatedMachine.named("twin").folder("/Europe/DC0/vm"));
    vcenter.add(SimulatedMachine.named("twin").folder("/Europe/DC0/vm"));

    assertThat(client.machine("vm-1", "name").text()).isEqualTo("web-2");
    assertThat(client.machine("vm-1", "config.hardware.memoryMB").text()).isEqualTo("4096");
    assertThat(client.machine("vm-1", "guest.ipAddress").text()).isEqualTo("10.9.9.9");
    assertThat(client.machine("vm-1", "runtime.host").text()).isEqualTo("host-3");
    assertThat(added).isEqualTo("vm-5");
    assertThat(vcenter.machine("vm-1").folder()).isEqualTo("/Europe/DC0/vm/new");
    assertThatThrownBy(() -> vcenter.powerOn("twin")).hasMessageContaining("2 machines");
    assertThatThrownBy(() -> vcenter.remove("unknown")).hasMessageContaining("unknown");
    assertThatThrownBy(() -> vcenter.moveToHost("vm-1", "nowhere")).hasMessageContaining("nowhere");
    assertThat(client.machine("vm-1", "runtime.host").text()).isEqualTo("host-3");
  }

  @Test
  void tenThousandMachinesAreReadInPages() throws Exception {
    try (VcenterSimulator large =
        VcenterSimulator.builder()
            .withoutTls()
            .machines(10_000, i -> SimulatedMachine.named("m" + i).poweredOn().ip("10.0.0.1"))
            .start()) {
      SoapClient reader = SoapClient.loggedIn(large);
      SoapClient.Response page = reader.retrieveMachines(1000, "name", "config.uuid", "guest.net");
      int read = SoapClient.objects(page).size();
      while (page.result().child("token").isPresent()) {
        page = reader.continueRead(page.result().textOf("token"));
        read += SoapClient.objects(page).size();
      }

      assertThat(read).isEqualTo(10_000);
      assertThat(large.requests("ContinueRetrievePropertiesEx")).isEqualTo(9);
    }
  }
}
