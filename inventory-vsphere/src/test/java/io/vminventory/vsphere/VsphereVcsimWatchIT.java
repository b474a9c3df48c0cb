package io.vminventory.vsphere;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = ForeignVcenter.URL, matches = ".+")
class VsphereVcsimWatchIT extends VsphereWatchContract {

  @Override
  TestVcenter connect() throws IOException {
    return ForeignVcenter.logIn();
  }
}
