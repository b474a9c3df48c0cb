package io.vminventory.vsphere;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Managed objects that were found, or what they mean, by the values of their references. Rejects
 * more objects than a vCenter can hold, and references that no vCenter has. For one thread.
 */
final class FoundObjects<T> {

  /** Several times what a vCenter can hold, so that every read ends. */
  private static final int MAX_OBJECTS = 250_000;

  private static final Pattern REFERENCE = Pattern.compile("[!-~&&[^/]]{1,128}");

  private final Map<String, T> byReference = new LinkedHashMap<>();
  private final Map<String, Integer> weights = new HashMap<>();
  private final MemoryBudget budget;

  FoundObjects() {
    this(new MemoryBudget());
  }

  FoundObjects(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * Adds or replaces an object.
   *
   * @param mapping what to keep of the object
   * @throws UnexpectedResponseException if no vCenter has such an object, or as many of them
   */
  void put(ManagedObject object, Function<ManagedObject, T> mapping)
      throws UnexpectedResponseException {
    String reference = referenceOf(object);
    remove(reference);
    int weight = object.weight();
    weights.put(reference, weight);
    budget.reserve(weight);
    byReference.put(reference, mapping.apply(object));
    if (byReference.size() > MAX_OBJECTS) {
      throw new UnexpectedResponseException(200, "it lists more objects than a vCenter can hold");
    }
  }

  /** Removes an object, if it is there. */
  void remove(ManagedObject object) throws UnexpectedResponseException {
    remove(referenceOf(object));
  }

  /** Removes the object with this reference, if it is there. */
  void remove(String reference) {
    byReference.remove(reference);
    Integer weight = weights.remove(reference);
    if (weight != null) {
      budget.release(weight);
    }
  }

  private static String referenceOf(ManagedObject object) throws UnexpectedResponseException {
    String reference = object.self().getVal();
    if (!REFERENCE.matcher(reference).matches()) {
      throw new UnexpectedResponseException(
          200, "it sends an object reference that no vCenter has");
    }
    return reference;
  }

  /** Removes all objects. */
  void clear() {
    byReference.clear();
    weights.values().forEach(budget::release);
    weights.clear();
  }

  int size() {
    return byReference.size();
  }

  /** Live, unmodifiable view. */
  Map<String, T> asMap() {
    return Collections.unmodifiableMap(byReference);
  }
}
