package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * Comparison of resource versions.
 *
 * <p>A resource version is a decimal number without leading zeros that grows with every write to
 * the cluster's store, so two versions of one resource can be compared. Kubernetes guarantees this
 * since 1.35 (KEP-5504); earlier versions behave so as well. A version of another form counts as
 * newer if it differs.
 */
final class RecordVersions {

  /** Older than every real version. */
  static final String NONE = "0";

  private RecordVersions() {}

  static String of(HasMetadata record) {
    return Objects.requireNonNullElse(record.getMetadata().getResourceVersion(), NONE);
  }

  static boolean isNewer(HasMetadata record, HasMetadata other) {
    return isNewer(of(record), of(other));
  }

  static boolean isNewer(String version, String other) {
    if (!isNumber(version) || !isNumber(other)) {
      return !version.equals(other);
    }
    return version.length() == other.length()
        ? version.compareTo(other) > 0
        : version.length() > other.length();
  }

  private static boolean isNumber(String version) {
    return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
