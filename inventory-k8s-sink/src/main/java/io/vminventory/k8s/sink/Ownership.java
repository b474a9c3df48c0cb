package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose record an object is. The source decides, because nobody can change it. Our labels are
 * repaired while the machine exists; without them an object is never deleted.
 */
record Ownership(TenantId tenant) {

  /** Whose record the object claims to be; empty if it does not say. */
  static Optional<TenantId> ownerOf(VmResource vm) {
    return Optional.ofNullable(vm.getSpec())
        .map(VmSpec::source)
        .filter(source -> isGiven(source.tenant()) && isGiven(source.tenantNamespace()))
        .map(source -> new TenantId(source.tenantNamespace(), source.tenant()));
  }

  /** What the definition requires may still be missing in an object from before it did. */
  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /** Whether the object is a record of the tenant and is going to stay. */
  boolean owns(VmResource vm) {
    return vm.getMetadata().getDeletionTimestamp() == null
        && ownerOf(vm).filter(tenant::equals).isPresent();
  }

  boolean isLabelled(VmResource vm) {
    Map<String, String> labels = vm.getMetadata().getLabels();
    return labels != null
        && Names.MANAGER.equals(labels.get(Names.MANAGED_BY_LABEL))
        && tenant.name().equals(labels.get(Names.TENANT_LABEL))
        && tenant.namespace().equals(labels.get(Names.TENANT_NAMESPACE_LABEL));
  }

  /** All labels of the object, and ours. */
  Map<String, String> withLabels(VmResource vm) {
    Map<String, String> labels = labelsOf(vm);
    labels.putAll(labels());
    return labels;
  }

  /** All labels of the object but ours. */
  Map<String, String> withoutLabels(VmResource vm) {
    Map<String, String> labels = labelsOf(vm);
    labels.entrySet().removeAll(labels().entrySet());
    return labels;
  }

  Map<String, String> labels() {
    return Map.of(
        Names.MANAGED_BY_LABEL,
        Names.MANAGER,
        Names.TENANT_LABEL,
        tenant.name(),
        Names.TENANT_NAMESPACE_LABEL,
        tenant.namespace());
  }

  private static Map<String, String> labelsOf(VmResource vm) {
    Map<String, String> labels = vm.getMetadata().getLabels();
    return labels == null ? new LinkedHashMap<>() : new LinkedHashMap<>(labels);
  }
}
