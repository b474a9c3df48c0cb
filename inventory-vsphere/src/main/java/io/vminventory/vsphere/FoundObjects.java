package io.vminventory.vsphere;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What was found out about managed objects, by the values of their references: as many as a vCenter
 * can hold, and named as it names them. For one thread.
 */
final class FoundObjects<T> {

  /** Several times what a vCenter can hold, so that a read ends whatever the server says. */
  private static final int MOST = 250_000;

  private static final Pattern REFERENCE = Pattern.compile("[!-~&&[^/]]{1,128}");

  private final Map<String, T> byReference = new LinkedHashMap<>();
  private final Map<String, Integer> weights = new HashMap<>();
  private final Capacity capacity;

  FoundObjects() {
    this(new Capacity());
  }

  FoundObjects(Capacity capacity) {
    this.capacity = capacity;
  }

  /**
   * Puts what an object means in the place of what was known of it before.
   *
   * @throws UnexpectedResponseException if no vCenter has such an object, or so many of them
   */
  void put(ManagedObject object, Function<ManagedObject, T> meaning)
      throws UnexpectedResponseException {
    String reference = referenceOf(object);
    forget(reference);
    int weight = object.weight();
    weights.put(reference, weight);
    capacity.take(weight);
    byReference.put(reference, meaning.apply(object));
    if (byReference.size() > MOST) {
      throw new UnexpectedResponseException(200, "it lists more objects than a vCenter can hold");
    }
  }

  /** Forgets an object, if it is known. */
  void remove(ManagedObject object) throws UnexpectedResponseException {
    forget(referenceOf(object));
  }

  /** Forgets the object with this reference, if it is known. */
  void forget(String reference) {
    byReference.remove(reference);
    Integer weight = weights.remove(reference);
    if (weight != null) {
      capacity.giveBack(weight);
    }
  }

  private static String referenceOf(ManagedObject object) throws UnexpectedResponseException {
    String reference = object.self().getVal();
    if (!REFERENCE.matcher(reference).matches()) {
      throw new UnexpectedResponseException(
          200, "it names an object in a way that no vCenter does");
    }
    return reference;
  }

  /** Forgets all objects. */
  void clear() {
    byReference.clear();
    weights.values().forEach(capacity::giveBack);
    weights.clear();
  }

  int size() {
    return byReference.size();
  }

  /** A live view. */
  Map<String, T> asMap() {
    return Collections.unmodifiableMap(byReference);
  }
}
