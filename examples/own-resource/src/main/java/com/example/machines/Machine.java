package com.example.machines;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Instant;
import java.util.List;

/** The team's resource: flat, without spec and status. Its definition is in {@code deploy}. */
@Group("test.local")
@Version("v1")
@Kind("Machine")
@Plural("machines")
@Singular("machine")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public class Machine extends CustomResource<Void, Void> implements Namespaced {

  private static final long serialVersionUID = 1L;

  @JsonProperty private String source;
  @JsonProperty private String vmname;
  @JsonProperty private String powerState;
  @JsonProperty private Integer numCpu;
  @JsonProperty private Integer memoryMB;
  @JsonProperty private List<String> ip;
  @JsonProperty private Instant updateDate;

  /** Kept by people. */
  @JsonProperty private String costCenter;

  /** For the Kubernetes client. */
  public Machine() {}

  Machine(String source, MachineFacts facts, String costCenter) {
    this.source = source;
    this.vmname = facts.vmname();
    this.powerState = facts.powerState();
    this.numCpu = facts.numCpu();
    this.memoryMB = facts.memoryMB();
    this.ip = facts.ip();
    this.updateDate = facts.updateDate();
    this.costCenter = costCenter;
  }

  /** Tenant and machine of this record; {@code null} if it has none. */
  String source() {
    return source;
  }

  String costCenter() {
    return costCenter;
  }

  MachineFacts facts() {
    return new MachineFacts(vmname, powerState, numCpu, memoryMB, ip, updateDate);
  }
}
