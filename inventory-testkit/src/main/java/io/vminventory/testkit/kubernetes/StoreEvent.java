package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One change of the store.
 *
 * @param resource where objects of the type are kept
 * @param action {@link #ADDED}, {@link #MODIFIED} or {@link #DELETED}
 * @param object as it is after the change
 * @param before as it was; empty if it was not there
 * @param version the version that the change made
 */
record StoreEvent(
    String resource, String action, ObjectNode object, Optional<ObjectNode> before, long version) {

  static final String ADDED = "ADDED";
  static final String MODIFIED = "MODIFIED";
  static final String DELETED = "DELETED";

  /**
   * The change as somebody sees it who sees only some objects: one that begins to fit is added, one
   * that ceases to fit is deleted. Empty if he sees nothing of it.
   */
  Optional<StoreEvent> seenThrough(Predicate<JsonNode> selection) {
    boolean fitted = before.filter(selection).isPresent();
    boolean fits = !action.equals(DELETED) && selection.test(object);
    if (fits) {
      return Optional.of(as(fitted ? MODIFIED : ADDED));
    }
    return fitted ? Optional.of(as(DELETED)) : Optional.empty();
  }

  private StoreEvent as(String other) {
    return new StoreEvent(resource, other, object, before, version);
  }
}
