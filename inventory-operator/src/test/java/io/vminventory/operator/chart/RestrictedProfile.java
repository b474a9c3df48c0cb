package io.vminventory.operator.chart;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Check of a pod against the profile {@code restricted} of Kubernetes' Pod Security Standards, plus
 * a read-only root file system. Pure.
 */
final class RestrictedProfile {

  private RestrictedProfile() {}

  static List<String> violations(PodSpec pod) {
    List<String> violations = new ArrayList<>();
    PodSecurityContext context =
        Objects.requireNonNullElseGet(pod.getSecurityContext(), PodSecurityContext::new);
    require(violations, !isTrue(pod.getHostNetwork()), "hostNetwork");
    require(violations, !isTrue(pod.getHostPID()), "hostPID");
    require(violations, !isTrue(pod.getHostIPC()), "hostIPC");
    require(violations, context.getSysctls().isEmpty(), "sysctls");
    for (Volume volume : pod.getVolumes()) {
      require(violations, isHarmless(volume), "volume " + volume.getName());
    }
    Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
        .forEach(container -> check(container, context, violations));
    return violations;
  }

  private static void check(Container container, PodSecurityContext pod, List<String> violations) {
    String name = container.getName() + ": ";
    SecurityContext own =
        Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
    require(violations, !isTrue(own.getPrivileged()), name + "privileged");
    require(
        violations,
        Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
        name + "allowPrivilegeEscalation");
    require(
        violations,
        isTrue(either(own.getRunAsNonRoot(), pod.getRunAsNonRoot())),
        name + "runAsNonRoot");
    @Nullable Long user = either(own.getRunAsUser(), pod.getRunAsUser());
    require(violations, user == null || user != 0, name + "runAsUser");
    @Nullable SeccompProfile seccomp = either(own.getSeccompProfile(), pod.getSeccompProfile());
    require(
        violations,
        seccomp != null && List.of("RuntimeDefault", "Localhost").contains(seccomp.getType()),
        name + "seccompProfile");
    Capabilities capabilities =
        Objects.requireNonNullElseGet(own.getCapabilities(), Capabilities::new);
    require(violations, capabilities.getDrop().contains("ALL"), name + "capabilities.drop");
    require(
        violations,
        List.of("NET_BIND_SERVICE").containsAll(capabilities.getAdd()),
        name + "capabilities.add");
    require(
        violations,
        container.getPorts().stream()
            .allMatch(port -> Optional.ofNullable(port.getHostPort()).orElse(0) == 0),
        name + "hostPort");
    require(violations, own.getProcMount() == null, name + "procMount");
    require(violations, isTrue(own.getReadOnlyRootFilesystem()), name + "readOnlyRootFilesystem");
  }

  /** Whether the volume is of an allowed kind that we use. */
  private static boolean isHarmless(Volume volume) {
    return volume.getConfigMap() != null
        || volume.getEmptyDir() != null
        || volume.getPersistentVolumeClaim() != null
        || volume.getProjected() != null
        || volume.getSecret() != null;
  }

  private static void require(List<String> violations, boolean held, String what) {
    if (!held) {
      violations.add(what);
    }
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static <T> @Nullable T either(@Nullable T own, @Nullable T pods) {
    return own == null ? pods : own;
  }
}
