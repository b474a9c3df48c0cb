package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Violations that the check of pods finds. */
@Tag("pure")
class RestrictedProfileTest {

  @Test
  void podWithoutSettingsIsNotRestricted() {
    assertThat(RestrictedProfile.violations(pod("containers: [{name: a}]")))
        .containsExactly(
            "a: allowPrivilegeEscalation",
            "a: runAsNonRoot",
            "a: seccompProfile",
            "a: capabilities.drop",
            "a: readOnlyRootFilesystem");
  }

  @Test
  void everyPrivilegeIsFoundInEveryContainer() {
    PodSpec pod =
        pod(
            """
            hostNetwork: true
            hostPID: true
            hostIPC: true
            securityContext:
              runAsUser: 0
              runAsNonRoot: true
              seccompProfile: {type: Unconfined}
              sysctls: [{name: a, value: b}]
            volumes:
              - {name: host, hostPath: {path: /}}
            initContainers:
              - name: a
                securityContext:
                  privileged: true
                  allowPrivilegeEscalation: true
                  procMount: Unmasked
                  readOnlyRootFilesystem: true
                  capabilities: {drop: [ALL], add: [SYS_ADMIN]}
            containers:
              - name: b
                ports: [{containerPort: 1, hostPort: 1}]
                securityContext:
                  runAsUser: 1
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  seccompProfile: {type: RuntimeDefault}
                  capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
            """);
    assertThat(RestrictedProfile.violations(pod))
        .containsExactly(
            "hostNetwork",
            "hostPID",
            "hostIPC",
            "sysctls",
            "volume host",
            "a: privileged",
            "a: allowPrivilegeEscalation",
            "a: runAsUser",
            "a: seccompProfile",
            "a: capabilities.add",
            "a: procMount",
            "b: hostPort");
  }

  private static PodSpec pod(String yaml) {
    return new KubernetesSerialization().unmarshal(yaml, PodSpec.class);
  }
}
