package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import com.vmware.vim25.ManagedObjectReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The properties of one managed object, as far as the server told them: {@code ObjectContent} of
 * the vim25 API, or what a {@code ObjectUpdate} says of it. Nobody changes one. There is one for
 * each machine that is watched, {@linkplain #kept small}: its maps are those of {@link Map#copyOf},
 * and words that many objects have are the same strings.
 *
 * @param self its reference
 * @param texts the values of properties that are neither references nor cards, by their paths
 * @param references the values of properties that are references
 * @param missing the faults instead of the values of others
 * @param nics the value of {@code guest.net}, empty without one
 * @param told the paths of all properties of which anything is told, that they are not set included
 */
record ManagedObject(
    ManagedObjectReference self,
    Map<String, String> texts,
    Map<String, ManagedObjectReference> references,
    Map<String, String> missing,
    List<GuestNicInfo> nics,
    Set<String> told) {

  static final String NICS = "guest.net";

  /** About what an object takes of which nothing is told, in bytes. */
  static final int LEAST_WEIGHT = 256;

  /** About what a property, a card or an address takes besides its text. */
  private static final int ENTRY_WEIGHT = 64;

  /** A reference to a managed object. */
  static ManagedObjectReference reference(String type, String value) {
    ManagedObjectReference reference = new ManagedObjectReference();
    reference.setType(type);
    reference.setVal(value);
    return reference;
  }

  /** The same for whoever keeps it, and never takes it for an update: as small as can be. */
  ManagedObject kept() {
    return new ManagedObject(
        self,
        Map.copyOf(texts),
        Map.copyOf(references),
        Map.copyOf(missing),
        List.copyOf(nics),
        Set.of());
  }

  /** What is {@link #kept} once a later update of the same object is known, too. */
  ManagedObject after(ManagedObject update) {
    return new ManagedObject(
        self,
        after(texts, update.texts, update),
        after(references, update.references, update),
        after(missing, update.missing, update),
        update.told.contains(NICS) ? List.copyOf(update.nics) : nics,
        Set.of());
  }

  private static <T> Map<String, T> after(
      Map<String, T> known, Map<String, T> news, ManagedObject update) {
    Map<String, T> sum = new HashMap<>(known);
    sum.keySet().removeAll(update.told);
    sum.putAll(news);
    return Map.copyOf(sum);
  }

  /** About what it takes in memory, in bytes. */
  int weight() {
    int weight = LEAST_WEIGHT;
    for (String path : told) {
      weight += ENTRY_WEIGHT + path.length();
    }
    for (String text : texts.values()) {
      weight += ENTRY_WEIGHT + text.length();
    }
    for (ManagedObjectReference reference : references.values()) {
      weight += ENTRY_WEIGHT + reference.getType().length() + reference.getVal().length();
    }
    for (GuestNicInfo nic : nics) {
      weight += weight(nic);
    }
    return weight;
  }

  private static int weight(GuestNicInfo nic) {
    int weight = LEAST_WEIGHT;
    for (String ip : nic.getIpAddress()) {
      weight += ENTRY_WEIGHT + ip.length();
    }
    return weight;
  }

  /** Whether the account may read anything of it. */
  boolean isReadable() {
    return !texts.isEmpty() || !references.isEmpty() || !nics.isEmpty();
  }

  /** The value of a property that is neither a reference nor empty. */
  Optional<String> text(String path) {
    return Optional.ofNullable(texts.get(path)).filter(Predicate.not(String::isBlank));
  }

  /** The value of a property that is a reference. */
  Optional<ManagedObjectReference> reference(String path) {
    return Optional.ofNullable(references.get(path));
  }

  /** Whether the server says that it may not tell a property, or an object that it is a part of. */
  boolean hides(String path) {
    return hidesAny(path);
  }

  /** Whether it {@linkplain #hides hides} one of them. */
  boolean hidesAny(String... paths) {
    return !missing.isEmpty()
        && Arrays.stream(paths)
            .anyMatch(
                path ->
                    missing.keySet().stream()
                        .anyMatch(hidden -> path.equals(hidden) || path.startsWith(hidden + ".")));
  }

  /** Whether the object was deleted while it was read. */
  boolean gone() {
    return missing.containsValue(SoapFault.GONE);
  }
}
