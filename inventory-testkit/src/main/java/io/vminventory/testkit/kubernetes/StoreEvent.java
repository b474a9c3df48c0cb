package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Change of the store.
 *
 * @param resource the resource of the type
 * @param action {@link #ADDED}, {@link #MODIFIED} or {@link #DELETED}
 * @param object after the change
 * @param before the change; empty if it did not exist
 * @param version of the change
 */
record StoreEvent(
    String resource, String action, ObjectNode object, Optional<ObjectNode> before, long version) {

  static final String ADDED = "ADDED";
  static final String MODIFIED = "MODIFIED";
  static final String DELETED = "DELETED";

  /**
   * The change for a watcher with a selector: an object that begins to match is added, one that no
   * longer matches is deleted. Empty if it is not visible.
   */
  Optional<StoreEvent> filteredBy(Predicate<JsonNode> selection) {
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
