package io.vminventory.vsphere;

import static io.vminventory.vsphere.Objects.object;
import static io.vminventory.vsphere.Objects.vm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class InventoryTreeTest {

  private static InventoryTree tree(Objects... objects) throws Exception {
    Map<String, ManagedObject> places = new HashMap<>();
    for (Objects object : objects) {
      ManagedObject place = object.read();
      places.put(place.self().getVal(), place);
    }
    return new InventoryTree("group-d1", places);
  }

  private static Objects place(
      String type, String value, String name, String parentType, String parent) {
    return object(type, value).with("name", name).withReference("parent", parentType, parent);
  }

  private static InventoryTree whole() throws Exception {
    return tree(
        place("Folder", "group-f1", "EU%2fWest", "Folder", "group-d1"),
        place("Datacenter", "datacenter-2", "DC%250", "Folder", "group-f1"),
        place("Folder", "group-v3", "vm", "Datacenter", "datacenter-2"),
        place("Folder", "group-v4", "web", "Folder", "group-v3"),
        place("HostSystem", "host-1", "esx1.example", "ClusterComputeResource", "domain-c1"),
        place("HostSystem", "host-2", "esx2.example", "ComputeResource", "domain-s2"),
        place("ClusterComputeResource", "domain-c1", "C%2f1", "Folder", "group-h1"),
        place("ComputeResource", "domain-s2", "esx2.example", "Folder", "group-h1"),
        place("VirtualApp", "resgroup-v1", "outer", "ResourcePool", "resgroup-1")
            .withReference("parentFolder", "Folder", "group-v4"),
        place("VirtualApp", "resgroup-v2", "inner", "VirtualApp", "resgroup-v1"));
  }

  private static ManagedObject machine(String host, String folder) throws Exception {
    return vm("vm-1")
        .withReference("runtime.host", "HostSystem", host)
        .withReference("parent", "Folder", folder)
        .read();
  }

  @Test
  void placesAreNamedAndPathsStayUnambiguous() throws Exception {
    ManagedObject machine = machine("host-1", "group-v4");

    assertThat(whole().host(machine).name()).hasValue("esx1.example");
    assertThat(whole().cluster(machine).name()).hasValue("C/1");
    assertThat(whole().datacenter(machine).name()).hasValue("DC%0");
    assertThat(whole().folder(machine).name()).hasValue("/EU%2fWest/DC%0/vm/web");
  }

  @Test
  void standaloneHostIsInNoCluster() throws Exception {
    ManagedObject machine = machine("host-2", "group-v3");
    assertThat(whole().host(machine).name()).hasValue("esx2.example");
    assertThat(whole().cluster(machine)).isEqualTo(none());
  }

  @Test
  void machineInAVAppIsInTheFolderOfTheOutermostOne() throws Exception {
    for (String vApp : new String[] {"resgroup-v1", "resgroup-v2"}) {
      ManagedObject machine = vm("vm-1").withReference("parentVApp", "VirtualApp", vApp).read();
      assertThat(whole().folder(machine).name()).hasValue("/EU%2fWest/DC%0/vm/web");
      assertThat(whole().datacenter(machine).name()).hasValue("DC%0");
    }
  }

  @Test
  void placesOutOfSightAreHiddenAndPathsPartial() throws Exception {
    InventoryTree some =
        tree(
            place("Folder", "group-v4", "web", "Folder", "group-v3"),
            place("HostSystem", "host-1", "esx1.example", "ClusterComputeResource", "domain-c1"),
            place("VirtualApp", "resgroup-v2", "inner", "VirtualApp", "resgroup-v1"));
    ManagedObject machine = machine("host-1", "group-v4");

    assertThat(some.host(machine).name()).hasValue("esx1.example");
    assertThat(some.cluster(machine).hidden()).isTrue();
    assertThat(some.folder(machine).name()).hasValue("/web");
    assertThat(some.datacenter(machine).hidden()).isTrue();
    ManagedObject elsewhere = machine("host-9", "group-v9");
    assertThat(some.host(elsewhere).hidden()).isTrue();
    assertThat(some.cluster(elsewhere).hidden()).isTrue();
    assertThat(some.folder(elsewhere).hidden()).isTrue();
    for (String vApp : new String[] {"resgroup-v2", "resgroup-v9"}) {
      assertThat(
              some.folder(vm("vm-1").withReference("parentVApp", "VirtualApp", vApp).read())
                  .hidden())
          .isTrue();
    }
  }

  @Test
  void placesThatThereAreNotAreEmpty() throws Exception {
    ManagedObject nowhere = vm("vm-1").read();

    assertThat(whole().host(nowhere)).isEqualTo(none());
    assertThat(whole().cluster(nowhere)).isEqualTo(none());
    assertThat(whole().folder(nowhere)).isEqualTo(none());
    assertThat(whole().datacenter(nowhere)).isEqualTo(none());
    assertThat(whole().folder(machine("host-1", "group-d1"))).isEqualTo(none());
  }

  @Test
  void hiddenNamesAndParentsAreSaidToBeHidden() throws Exception {
    InventoryTree hidden =
        tree(
            object("Folder", "group-v3").missing("parent", "NoPermission").with("name", "vm"),
            object("Folder", "group-v4")
                .missing("name", "NoPermission")
                .withReference("parent", "Folder", "group-v3"),
            object("HostSystem", "host-1")
                .missing("name", "NoPermission")
                .missing("parent", "NoPermission"));
    ManagedObject machine = machine("host-1", "group-v4");

    assertThat(hidden.host(machine).hidden()).isTrue();
    assertThat(hidden.cluster(machine).hidden()).isTrue();
    assertThat(hidden.datacenter(machine).hidden()).isTrue();
    assertThat(hidden.folder(machine).name()).hasValue("/vm/group-v4");
    assertThat(hidden.folder(vm("vm-1").missing("parent", "NoPermission").read()).hidden())
        .isTrue();
  }

  @Test
  void circlesEnd() throws Exception {
    InventoryTree circle =
        tree(
            place("Folder", "group-v1", "a", "Folder", "group-v2"),
            place("Folder", "group-v2", "b", "Folder", "group-v1"),
            place("VirtualApp", "v1", "a", "VirtualApp", "v2"),
            place("VirtualApp", "v2", "b", "VirtualApp", "v1"));
    assertThat(circle.folder(machine("host-1", "group-v1")).name()).isPresent();
    assertThat(circle.folder(vm("vm-1").withReference("parentVApp", "VirtualApp", "v1").read()))
        .isNotNull();
  }

  private static InventoryTree.Place none() {
    return new InventoryTree.Place(Optional.empty(), false);
  }
}
