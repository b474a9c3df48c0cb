package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Custom resource for tests of the embedded server. */
final class Machines {

  private Machines() {}

  /** Its definition. */
  static InputStream definition() {
    return Objects.requireNonNull(Machines.class.getResourceAsStream("machines.yml"));
  }

  static Machine machine(String namespace, String name, String owner) {
    Machine machine = new Machine();
    machine.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    machine.setSpec(new MachineSpec(owner, 2048, null));
    return machine;
  }

  /** A machine in a lab. */
  @Group("example.com")
  @Version("v1")
  public static final class Machine extends CustomResource<MachineSpec, MachineStatus>
      implements Namespaced {
    private static final long serialVersionUID = 1L;
  }

  /** Desired state. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MachineSpec(
      @Nullable String owner, @Nullable Integer memoryMB, @Nullable Boolean enabled) {}

  /** Observed state. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record MachineStatus(@Nullable String power, @Nullable List<String> ips) {}
}
