package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;

/**
 * Tells which of two versions is newer.
 *
 * <p>A resource version is a decimal number without leading zeros, and grows with every write to
 * the cluster's store, so two of one resource may be compared. Kubernetes promises so since 1.35
 * (KEP-5504); before it was merely true. Versions of another form are newer if they are different.
 */
final class RecordVersions {

  /** Older than every version there is. */
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
