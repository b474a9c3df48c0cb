package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Objects selected by one request, and their form: plain or as a {@code Table}. */
final class ObjectQuery {

  private final ApiRequest request;
  private final ResourceType type;
  private final InstantSource clock;
  private final Predicate<JsonNode> selection;
  private final boolean table;

  /**
   * @throws StatusException 400 if a selector is malformed
   */
  ObjectQuery(ApiRequest request, ResourceType type, InstantSource clock) {
    this.request = request;
    this.type = type;
    this.clock = clock;
    this.selection =
        Selectors.labels(request.parameter("labelSelector"))
            .and(Selectors.fields(request.parameter("fieldSelector"), type))
            .and(this::inNamespace)
            .and(this::isNamed);
    this.table = TablePrinter.isRequested(request.headers().accept());
  }

  private boolean inNamespace(JsonNode object) {
    return request.namespace().isEmpty()
        || request.namespace().equals(Json.text(object, "metadata", "namespace"));
  }

  private boolean isNamed(JsonNode object) {
    return request.name().isEmpty() || request.name().equals(Json.text(object, "metadata", "name"));
  }

  /** Renders one object. */
  JsonNode render(ObjectNode object) {
    ObjectNode metadata = Json.object();
    Json.set(metadata, "resourceVersion", object.path("metadata").path("resourceVersion"));
    return table ? print(List.of(object), metadata) : object;
  }

  /** The selected objects. */
  List<ObjectNode> selected(ObjectStore store) {
    return store.list(type, request.namespace()).stream().filter(selection).toList();
  }

  /** The requested page of selected objects, as a list. */
  JsonNode list(ObjectStore store) {
    List<ObjectNode> rest = selected(store);
    String token = request.parameter("continue");
    if (!token.isEmpty()) {
      String last = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      rest = rest.stream().filter(object -> key(object).compareTo(last) > 0).toList();
    }
    String limit = request.parameter("limit");
    int size = limit.isEmpty() || limit.equals("0") ? rest.size() : Integer.parseInt(limit);
    List<ObjectNode> page = rest.subList(0, Math.min(size, rest.size()));
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", Long.toString(store.version()));
    if (page.size() < rest.size()) {
      byte[] last = key(page.get(page.size() - 1)).getBytes(StandardCharsets.UTF_8);
      metadata.put("continue", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
      metadata.put("remainingItemCount", rest.size() - page.size());
    }
    if (table) {
      return print(page, metadata);
    }
    ObjectNode list = Json.typed(type.apiVersion(), type.names().kind() + "List");
    list.set("metadata", metadata);
    list.putArray("items").addAll(page);
    return list;
  }

  private static String key(ObjectNode object) {
    return Json.text(object, "metadata", "namespace") + "/" + Json.text(object, "metadata", "name");
  }

  /** The watch event {@code ADDED}. */
  ObjectNode added(ObjectNode object) {
    return event(StoreEvent.ADDED, object);
  }

  /** The bookmark after the initial events of a watch. */
  ObjectNode initialEventsEnd(long version) {
    ObjectNode bookmark = Json.typed(type.apiVersion(), type.names().kind());
    ObjectNode metadata = Json.metadata(bookmark);
    metadata.put("resourceVersion", Long.toString(version));
    metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    ObjectNode event = Json.object().put("type", "BOOKMARK");
    event.set("object", bookmark);
    return event;
  }

  /** Passes a change to the listener as this request sees it, if it does. */
  void event(StoreEvent event, Consumer<ObjectNode> listener) {
    if (event.resource().equals(type.resource())) {
      event
          .filteredBy(selection)
          .ifPresent(seen -> listener.accept(event(seen.action(), seen.object())));
    }
  }

  private ObjectNode event(String action, ObjectNode object) {
    ObjectNode event = Json.object().put("type", action);
    event.set("object", render(object));
    return event;
  }

  private ObjectNode print(Collection<ObjectNode> objects, JsonNode metadata) {
    boolean whole = request.parameter("includeObject").equals("Object");
    return TablePrinter.print(type, objects, metadata, whole, clock.instant());
  }
}
