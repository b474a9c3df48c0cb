package io.vminventory.vsphere;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class VsphereSimulatorWatchTest extends VsphereWatchContract {

  private final Path folder;

  VsphereSimulatorWatchTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  TestVcenter connect() {
    return EmbeddedVcenter.start(folder);
  }
}
