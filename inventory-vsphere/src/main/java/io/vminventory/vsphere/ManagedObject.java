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
 * Properties of one managed object that the server has reported: {@code ObjectContent} or {@code
 * ObjectUpdate} of the vim25 API. Never changed. A watch keeps one for each machine, made {@link
 * #compact}: its maps are those of {@link Map#copyOf}, and objects share equal strings.
 *
 * @param self its reference
 * @param texts the values of properties that are neither references nor network cards, by path
 * @param references the values of properties that are references, by path
 * @param missing the faults that the server reports instead of values, by path
 * @param nics the value of {@code guest.net}, empty without one
 * @param reported the paths of all properties in the report, those that are unset included
 */
record ManagedObject(
    ManagedObjectReference self,
    Map<String, String> texts,
    Map<String, ManagedObjectReference> references,
    Map<String, String> missing,
    List<GuestNicInfo> nics,
    Set<String> reported) {

  static final String NICS = "guest.net";

  /** Approximate size of an object without properties, in bytes. */
  static final int MIN_WEIGHT = 256;

  /** Approximate size of a property, network card or address without its text, in bytes. */
  private static final int ENTRY_WEIGHT = 64;

  /** A reference to a managed object. */
  static ManagedObjectReference reference(String type, String value) {
    ManagedObjectReference reference = new ManagedObjectReference();
    reference.setType(type);
    reference.setVal(value);
    return reference;
  }

  /** This object in as little memory as possible; it can be kept, but not used as an update. */
  ManagedObject compact() {
    return new ManagedObject(
        self,
        Map.copyOf(texts),
        Map.copyOf(references),
        Map.copyOf(missing),
        List.copyOf(nics),
        Set.of());
  }

  /** This {@link #compact} object, changed by a later update of the same object. */
  ManagedObject with(ManagedObject update) {
    return new ManagedObject(
        self,
        merge(texts, update.texts, update),
        merge(references, update.references, update),
        merge(missing, update.missing, update),
        update.reported.contains(NICS) ? List.copyOf(update.nics) : nics,
        Set.of());
  }

  private static <T> Map<String, T> merge(
      Map<String, T> known, Map<String, T> changed, ManagedObject update) {
    Map<String, T> merged = new HashMap<>(known);
    merged.keySet().removeAll(update.reported);
    merged.putAll(changed);
    return Map.copyOf(merged);
  }

  /** Approximate size in memory, in bytes. */
  int weight() {
    int weight = MIN_WEIGHT;
    for (String path : reported) {
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
    int weight = MIN_WEIGHT;
    for (String ip : nic.getIpAddress()) {
      weight += ENTRY_WEIGHT + ip.length();
    }
    return weight;
  }

  /** Whether the account can read any property. */
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

  /** Whether the account may not read a property, or an object that the property is part of. */
  boolean isHidden(String path) {
    return isAnyHidden(path);
  }

  /** Whether one of these properties {@link #isHidden}. */
  boolean isAnyHidden(String... paths) {
    return !missing.isEmpty()
        && Arrays.stream(paths)
            .anyMatch(
                path ->
                    missing.keySet().stream()
                        .anyMatch(hidden -> path.equals(hidden) || path.startsWith(hidden + ".")));
  }

  /** Whether the object was deleted while it was read. */
  boolean isGone() {
    return missing.containsValue(SoapFault.NOT_FOUND);
  }
}
