package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Labels that mark a tenant's records. The {@link RecordSource}, which is immutable, decides which
 * tenant owns a record; labels can be edited. The labels are repaired while the machine exists; an
 * object without them is never deleted.
 */
record Ownership(TenantId tenant) {

  /** Whether the object is not being deleted. */
  static boolean isLive(HasMetadata record) {
    return record.getMetadata().getDeletionTimestamp() == null;
  }

  boolean isLabelled(HasMetadata record) {
    Map<String, String> labels = record.getMetadata().getLabels();
    return labels != null
        && Names.MANAGER.equals(labels.get(Names.MANAGED_BY_LABEL))
        && tenant.name().equals(labels.get(Names.TENANT_LABEL))
        && tenant.namespace().equals(labels.get(Names.TENANT_NAMESPACE_LABEL));
  }

  /** The object's labels plus the ownership labels. */
  Map<String, String> withLabels(HasMetadata record) {
    Map<String, String> labels = copyOfLabels(record);
    labels.putAll(labels());
    return labels;
  }

  /** The object's labels minus the ownership labels. */
  Map<String, String> withoutLabels(HasMetadata record) {
    Map<String, String> labels = copyOfLabels(record);
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

  private static Map<String, String> copyOfLabels(HasMetadata record) {
    Map<String, String> labels = record.getMetadata().getLabels();
    return labels == null ? new LinkedHashMap<>() : new LinkedHashMap<>(labels);
  }
}
