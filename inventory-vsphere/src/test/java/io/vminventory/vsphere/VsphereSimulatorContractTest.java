package io.vminventory.vsphere;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class VsphereSimulatorContractTest extends VsphereContract {

  private final Path folder;

  VsphereSimulatorContractTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  TestVcenter connect() {
    return EmbeddedVcenter.start(folder);
  }
}
