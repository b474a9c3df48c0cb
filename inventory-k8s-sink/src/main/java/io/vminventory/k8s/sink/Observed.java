package io.vminventory.k8s.sink;

import io.vminventory.k8s.VmResource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The objects of a namespace, seen with the eyes of one tenant.
 *
 * @param own the tenant's records, the oldest first
 * @param names the names of all objects, also of those that are about to vanish
 */
record Observed(List<VmResource> own, Set<String> names) {

  private static final Comparator<VmResource> OLDEST_FIRST =
      Comparator.comparing(
              (VmResource vm) ->
                  Optional.ofNullable(vm.getMetadata().getCreationTimestamp()).orElse(""))
          .thenComparing(vm -> vm.getMetadata().getName());

  static Observed of(List<VmResource> objects, Ownership ownership) {
    Set<String> names = new HashSet<>();
    objects.forEach(vm -> names.add(vm.getMetadata().getName()));
    return new Observed(
        objects.stream().filter(ownership::owns).sorted(OLDEST_FIRST).toList(), names);
  }
}
