package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The labels that say whose record an object is. Its {@link RecordSource} decides, because nobody
 * can change that. Our labels are repaired while the machine exists; without them an object is
 * never deleted.
 */
record Ownership(TenantId tenant) {

  /** Whether the object is not about to vanish. */
  static boolean stays(HasMetadata record) {
    return record.getMetadata().getDeletionTimestamp() == null;
  }

  boolean isLabelled(HasMetadata record) {
    Map<String, String> labels = record.getMetadata().getLabels();
    return labels != null
        && Names.MANAGER.equals(labels.get(Names.MANAGED_BY_LABEL))
        && tenant.name().equals(labels.get(Names.TENANT_LABEL))
        && tenant.namespace().equals(labels.get(Names.TENANT_NAMESPACE_LABEL));
  }

  /** All labels of the object, and ours. */
  Map<String, String> withLabels(HasMetadata record) {
    Map<String, String> labels = labelsOf(record);
    labels.putAll(labels());
    return labels;
  }

  /** All labels of the object but ours. */
  Map<String, String> withoutLabels(HasMetadata record) {
    Map<String, String> labels = labelsOf(record);
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

  private static Map<String, String> labelsOf(HasMetadata record) {
    Map<String, String> labels = record.getMetadata().getLabels();
    return labels == null ? new LinkedHashMap<>() : new LinkedHashMap<>(labels);
  }
}
