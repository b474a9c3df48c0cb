package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.object;
import static io.vminventory.vsphere.ObjectXml.vm;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class InventoryTreeTest {

  private static InventoryTree tree(ObjectXml... objects) throws Exception {
    Map<String, ManagedObject> entities = new HashMap<>();
    for (ObjectXml object : objects) {
      ManagedObject entity = object.read();
      entities.put(entity.self().getVal(), entity);
    }
    return new InventoryTree("group-d1", entities);
  }

  private static ObjectXml entity(
      String type, String value, String name, String parentType, String parent) {
    return object(type, value).with("name", name).withReference("parent", parentType, parent);
  }

  private static InventoryTree complete() throws Exception {
    return tree(
        entity("Folder", "group-f1", "EU%2fWest", "Folder", "group-d1"),
        entity("Datacenter", "datacenter-2", "DC%250", "Folder", "group-f1"),
        entity("Folder", "group-v3", "vm", "Datacenter", "datacenter-2"),
        entity("Folder", "group-v4", "web", "Folder", "group-v3"),
        entity("HostSystem", "host-1", "esx1.example", "ClusterComputeResource", "domain-c1"),
        entity("HostSystem", "host-2", "esx2.example", "ComputeResource", "domain-s2"),
        entity("ClusterComputeResource", "domain-c1", "C%2f1", "Folder", "group-h1"),
        entity("ComputeResource", "domain-s2", "esx2.example", "Folder", "group-h1"),
        entity("VirtualApp", "resgroup-v1", "outer", "ResourcePool", "resgroup-1")
            .withReference("parentFolder", "Folder", "group-v4"),
        entity("VirtualApp", "resgroup-v2", "inner", "VirtualApp", "resgroup-v1"));
  }

  private static ManagedObject machine(String host, String folder) throws Exception {
    return vm("vm-1")
        .withReference("runtime.host", "HostSystem", host)
        .withReference("parent", "Folder", folder)
        .read();
  }

  @Test
  void entitiesAreNamedAndPathsStayUnambiguous() throws Exception {
    ManagedObject machine = machine("host-1", "group-v4");

    assertThat(complete().host(machine).name()).hasValue("esx1.example");
    assertThat(complete().cluster(machine).name()).hasValue("C/1");
    assertThat(complete().datacenter(machine).name()).hasValue("DC%0");
    assertThat(complete().folder(machine).name()).hasValue("/EU%2fWest/DC%0/vm/web");
  }

  @Test
  void standaloneHostIsInNoCluster() throws Exception {
    ManagedObject machine = machine("host-2", "group-v3");
    assertThat(complete().host(machine).name()).hasValue("esx2.example");
    assertThat(complete().cluster(machine)).isEqualTo(none());
  }

  @Test
  void machineInAVAppIsInTheFolderOfTheOutermostOne() throws Exception {
    for (String vApp : new String[] {"resgroup-v1", "resgroup-v2"}) {
      ManagedObject machine = vm("vm-1").withReference("parentVApp", "VirtualApp", vApp).read();
      assertThat(complete().folder(machine).name()).hasValue("/EU%2fWest/DC%0/vm/web");
      assertThat(complete().datacenter(machine).name()).hasValue("DC%0");
    }
  }

  @Test
  void entitiesTheAccountDoesNotSeeAreHiddenAndPathsPartial() throws Exception {
    InventoryTree some =
        tree(
            entity("Folder", "group-v4", "web", "Folder", "group-v3"),
            entity("HostSystem", "host-1", "esx1.example", "ClusterComputeResource", "domain-c1"),
            entity("VirtualApp", "resgroup-v2", "inner", "VirtualApp", "resgroup-v1"));
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
  void absentEntitiesAreEmpty() throws Exception {
    ManagedObject nowhere = vm("vm-1").read();

    assertThat(complete().host(nowhere)).isEqualTo(none());
    assertThat(complete().cluster(nowhere)).isEqualTo(none());
    assertThat(complete().folder(nowhere)).isEqualTo(none());
    assertThat(complete().datacenter(nowhere)).isEqualTo(none());
    assertThat(complete().folder(machine("host-1", "group-d1"))).isEqualTo(none());
  }

  @Test
  void hiddenNamesAndParentsAreReportedAsHidden() throws Exception {
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
  void cyclesEnd() throws Exception {
    InventoryTree cyclic =
        tree(
            entity("Folder", "group-v1", "a", "Folder", "group-v2"),
            entity("Folder", "group-v2", "b", "Folder", "group-v1"),
            entity("VirtualApp", "v1", "a", "VirtualApp", "v2"),
            entity("VirtualApp", "v2", "b", "VirtualApp", "v1"));
    assertThat(cyclic.folder(machine("host-1", "group-v1")).name()).isPresent();
    assertThat(cyclic.folder(vm("vm-1").withReference("parentVApp", "VirtualApp", "v1").read()))
        .isNotNull();
  }

  private static InventoryTree.Location none() {
    return new InventoryTree.Location(Optional.empty(), false);
  }
}
