package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Store of objects, their resource versions and a bounded history of changes.
 *
 * <p>Stored objects are never changed: callers put a copy. Not thread-safe: the API's lock guards
 * it.
 */
final class ObjectStore {

  private static final int MAX_HISTORY = 20_000;

  private final Map<String, NavigableMap<String, ObjectNode>> objects = new HashMap<>();
  private final Deque<StoreEvent> history = new ArrayDeque<>();
  private final List<Consumer<StoreEvent>> listeners = new ArrayList<>();
  private long version;
  private long compactedVersion;

  /** The version of the latest change. */
  long version() {
    return version;
  }

  Optional<ObjectNode> find(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(ofType(type).get(namespace + "/" + name));
  }

  /** The objects of one namespace, or of all if it is empty, by namespace and name. */
  Collection<ObjectNode> list(ResourceType type, String namespace) {
    NavigableMap<String, ObjectNode> all = ofType(type);
    return namespace.isEmpty()
        ? all.values()
        : all.subMap(namespace + "/", namespace + (char) ('/' + 1)).values();
  }

  /** Stores the object and sets its new version. */
  void put(ResourceType type, ObjectNode object) {
    version++;
    Json.metadata(object).put("resourceVersion", Long.toString(version));
    ObjectNode before = ofType(type).put(key(object), object);
    publish(
        new StoreEvent(
            type.resource(),
            before == null ? StoreEvent.ADDED : StoreEvent.MODIFIED,
            object,
            Optional.ofNullable(before),
            version));
  }

  /** Deletes the object; watchers get its last state with a new version. */
  void remove(ResourceType type, ObjectNode object) {
    ObjectNode before = ofType(type).remove(key(object));
    version++;
    ObjectNode last = object.deepCopy();
    Json.metadata(last).put("resourceVersion", Long.toString(version));
    publish(
        new StoreEvent(
            type.resource(), StoreEvent.DELETED, last, Optional.ofNullable(before), version));
  }

  /**
   * The changes after a version.
   *
   * @throws StatusException 410 if some of them were compacted
   */
  List<StoreEvent> since(long after) {
    if (after < compactedVersion) {
      throw StatusException.of(
          410, "Expired", "too old resource version: %d (%d)".formatted(after, compactedVersion));
    }
    return history.stream().filter(event -> event.version() > after).toList();
  }

  /** Passes all changes from now on to the listener, until the result is run. */
  Runnable listen(Consumer<StoreEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void publish(StoreEvent event) {
    history.addLast(event);
    if (history.size() > MAX_HISTORY) {
      compactedVersion = history.removeFirst().version();
    }
    List.copyOf(listeners).forEach(listener -> listener.accept(event));
  }

  private NavigableMap<String, ObjectNode> ofType(ResourceType type) {
    return objects.computeIfAbsent(type.resource(), resource -> new TreeMap<>());
  }

  private static String key(ObjectNode object) {
    return Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
  }
}
