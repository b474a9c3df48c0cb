package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class SchemaTest {

  @ParameterizedTest
  @CsvSource({
    "VirtualMachine, name, true",
    "VirtualMachine, config.hardware.numCPU, true",
    "VirtualMachine, config.hardware, true",
    "VirtualMachine, config.nosuch, false",
    "VirtualMachine, config.hardware.numCPU.more, false",
    "VirtualMachine, guest.net, true",
    "VirtualMachine, guest.net.network, false",
    "VirtualMachine, runtime.bootTime, true",
    "VirtualMachine, snapshot, true",
    "VirtualMachine, customValue, true",
    "VirtualMachine, childEntity, false",
    "VirtualMachine, '', false",
    "HostSystem, summary.config.name, true",
    "Folder, childEntity, true",
    "Folder, runtime, false",
    "VirtualApp, parentFolder, true",
    "ResourcePool, parentFolder, false",
    "ManagedEntity, parent, true",
    "ManagedEntity, config, false",
    "ContainerView, view, true",
  })
  void pathsAreThoseOfTheType(String type, String path, boolean exists) {
    assertThat(Schema.hasPath(type, PropertyPath.of(path))).isEqualTo(exists);
  }

  @ParameterizedTest
  @CsvSource({
    "VirtualApp, ResourcePool, true",
    "ResourcePool, VirtualApp, false",
    "ClusterComputeResource, ComputeResource, true",
    "VirtualMachine, ManagedEntity, true",
    "VirtualMachine, VirtualMachine, true",
    "ContainerView, ManagedEntity, false",
    "ContainerView, ManagedObject, true",
  })
  void derivedTypesAreTheirBases(String type, String base, boolean is) {
    assertThat(Schema.isA(type, base)).isEqualTo(is);
  }
}
