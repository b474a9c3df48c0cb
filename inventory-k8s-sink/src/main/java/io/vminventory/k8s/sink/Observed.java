package io.vminventory.k8s.sink;

import io.vminventory.k8s.VmResource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The objects of a namespace, seen with the eyes of one tenant.
 *
 * @param own the tenant's records, the oldest first
 * @param names the names of all objects, also of those that are about to vanish
 */
record Observed(List<VmResource> own, Set<String> names) {

  /** By two things that no object ever changes. */
  static final Comparator<VmResource> OLDEST_FIRST =
      Comparator.comparing(Observed::created).thenComparing(vm -> vm.getMetadata().getName());

  private static String created(VmResource vm) {
    return Objects.requireNonNullElse(vm.getMetadata().getCreationTimestamp(), "");
  }
}
