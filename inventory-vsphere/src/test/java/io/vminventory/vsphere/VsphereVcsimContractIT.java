package io.vminventory.vsphere;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = ForeignVcenter.URL, matches = ".+")
@Tag("slow")
class VsphereVcsimContractIT extends VsphereContract {

  @Override
  TestVcenter connect() throws IOException {
    return ForeignVcenter.logIn();
  }
}
