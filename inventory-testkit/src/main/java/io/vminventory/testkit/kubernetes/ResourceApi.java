package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.FieldOwnership.Writer;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Verbs on objects: get, list, watch, create, update, patch, delete. Thread-safe; requests are
 * processed one at a time.
 */
final class ResourceApi {

  private final ObjectStore store = new ObjectStore();
  private final ResourceTypes types = new ResourceTypes();
  private final InstantSource clock;

  ResourceApi(InstantSource clock) {
    this.clock = clock;
    for (String namespace : List.of("default", "kube-system")) {
      ObjectNode object = Json.typed("v1", "Namespace");
      Json.metadata(object).put("name", namespace);
      ResourceType type = types.storedAs(BuiltInTypes.NAMESPACES);
      store.put(
          type, ObjectRules.create(type, "", object, Optional.empty(), false, clock.instant()));
    }
  }

  synchronized List<ResourceType> types() {
    return types.all();
  }

  /**
   * Processes any verb but watch.
   *
   * @throws StatusException if the request is rejected
   */
  synchronized ApiResponse handle(ApiRequest request) {
    ResourceType type = type(request);
    return switch (request.verb()) {
      case "get" ->
          ApiResponse.ok(new ObjectQuery(request, type, clock).render(current(request, type)));
      case "list" -> ApiResponse.ok(new ObjectQuery(request, type, clock).list(store));
      case "create" -> create(request, type, object(request));
      case "update" -> update(request, type);
      case "patch" -> patch(request, type);
      case "delete" -> delete(request, type, current(request, type));
      case "deletecollection" -> deleteAll(request, type);
      default -> throw StatusException.of(405, "MethodNotAllowed", "not a verb of objects");
    };
  }

  /**
   * Starts a watch: the listener gets the changes since the requested version and then every change
   * as it happens, in order, on the thread that makes it.
   *
   * @return ends the watch
   * @throws StatusException 410 if the version is too old
   */
  synchronized Runnable watch(ApiRequest request, Consumer<ObjectNode> listener) {
    ResourceType type = type(request);
    ObjectQuery query = new ObjectQuery(request, type, clock);
    String version = request.parameter("resourceVersion");
    if (request.flag("sendInitialEvents")) {
      query.selected(store).forEach(object -> listener.accept(query.added(object)));
      listener.accept(query.initialEventsEnd(store.version()));
    } else if (version.isEmpty() || version.equals("0")) {
      query.selected(store).forEach(object -> listener.accept(query.added(object)));
    } else {
      store.since(Long.parseLong(version)).forEach(event -> query.event(event, listener));
    }
    return store.listen(event -> query.event(event, listener));
  }

  /** Ends a watch; safe from any thread. */
  synchronized void unwatch(Runnable watch) {
    watch.run();
  }

  private ResourceType type(ApiRequest request) {
    ResourceType type =
        types
            .find(request.group(), request.version(), request.plural())
            .orElseThrow(
                () ->
                    StatusException.of(
                        404, "NotFound", "the server could not find the requested resource"));
    boolean known = request.subresource().isEmpty() || (request.status() && type.hasStatus());
    if (!known) {
      throw StatusException.of(404, "NotFound", "the server could not find the requested resource");
    }
    return type;
  }

  private ObjectNode current(ApiRequest request, ResourceType type) {
    return find(request, type).orElseThrow(() -> StatusException.notFound(type, request.name()));
  }

  private Optional<ObjectNode> find(ApiRequest request, ResourceType type) {
    return store.find(type, request.namespace(), request.name());
  }

  private static ObjectNode object(ApiRequest request) {
    boolean yaml = request.headers().contentType().contains("yaml");
    if (Json.parse(request.body(), yaml) instanceof ObjectNode object) {
      return object;
    }
    throw StatusException.badRequest("the body is not an object");
  }

  private ApiResponse create(ApiRequest request, ResourceType type, ObjectNode body) {
    return create(request, type, body, Optional.of(Writer.update(request, clock.instant())));
  }

  private ApiResponse create(
      ApiRequest request, ResourceType type, ObjectNode body, Optional<Writer> updater) {
    if (type.namespaced()) {
      requireNamespace(type, request.namespace());
    }
    ObjectNode object =
        ObjectRules.create(
            type, request.namespace(), body, updater, strict(request), clock.instant());
    String name = Json.text(object, "metadata", "name");
    if (store.find(type, request.namespace(), name).isPresent()) {
      throw StatusException.alreadyExists(type, name);
    }
    if (!request.dryRun()) {
      save(type, object);
    }
    return ApiResponse.created(new ObjectQuery(request, type, clock).render(object));
  }

  private void requireNamespace(ResourceType type, String namespace) {
    ResourceType namespaces = types.storedAs(BuiltInTypes.NAMESPACES);
    ObjectNode found =
        store
            .find(namespaces, "", namespace)
            .orElseThrow(() -> StatusException.notFound(namespaces, namespace));
    if (ObjectMetadata.deleting(found)) {
      throw StatusException.of(
          403,
          "Forbidden",
          "%s is forbidden: unable to create new content in namespace %s because it is being terminated"
              .formatted(type.resource(), namespace));
    }
  }

  private ApiResponse update(ApiRequest request, ResourceType type) {
    ObjectNode body = object(request);
    ObjectNode current = current(request, type);
    if (type.custom() && Json.text(body, "metadata", "resourceVersion").isEmpty()) {
      throw StatusException.invalid(
          type,
          request.name(),
          List.of(
              new Cause(
                  "FieldValueInvalid",
                  "metadata.resourceVersion",
                  "Invalid value: 0: must be specified for an update")));
    }
    return replace(request, type, current, body, false);
  }

  private ApiResponse patch(ApiRequest request, ResourceType type) {
    String contentType = request.headers().contentType();
    if (contentType.contains("apply-patch")) {
      return apply(request, type);
    }
    ObjectNode current = current(request, type);
    return replace(request, type, current, Patches.patched(request, current), false);
  }

  private ApiResponse apply(ApiRequest request, ResourceType type) {
    ObjectNode configuration = Patches.configuration(request, type, object(request));
    Optional<ObjectNode> existing = find(request, type);
    if (existing.isEmpty() && request.status()) {
      throw StatusException.notFound(type, request.name());
    }
    ObjectNode applied =
        ServerSideApply.apply(
            existing.orElseGet(() -> Json.typed(type.apiVersion(), type.names().kind())),
            configuration,
            ObjectMetadata.withMetadata(type.schema()),
            Writer.apply(request, clock.instant()),
            request.flag("force"));
    return existing.isEmpty()
        ? create(request, type, applied, Optional.empty())
        : replace(request, type, existing.get(), applied, true);
  }

  private ApiResponse replace(
      ApiRequest request, ResourceType type, ObjectNode current, ObjectNode body, boolean applied) {
    ObjectNode next =
        ObjectRules.replace(
            type,
            current,
            body,
            request.status(),
            applied ? Optional.empty() : Optional.of(Writer.update(request, clock.instant())),
            strict(request),
            clock.instant());
    if (request.dryRun() || next.equals(current)) {
      return ApiResponse.ok(new ObjectQuery(request, type, clock).render(next));
    }
    if (ObjectMetadata.deleting(next) && ObjectMetadata.finalizers(next).isEmpty()) {
      delete(type, next);
    } else {
      save(type, next);
    }
    return ApiResponse.ok(new ObjectQuery(request, type, clock).render(next));
  }

  private static boolean strict(ApiRequest request) {
    return request.parameter("fieldValidation").equals("Strict");
  }

  private ApiResponse delete(ApiRequest request, ResourceType type, ObjectNode current) {
    Preconditions.check(type, current, request.body());
    if (request.dryRun() || remove(type, current)) {
      return ApiResponse.ok(Preconditions.deleted(type, current));
    }
    return ApiResponse.ok(current(request, type));
  }

  private ApiResponse deleteAll(ApiRequest request, ResourceType type) {
    ObjectQuery query = new ObjectQuery(request, type, clock);
    List<ObjectNode> selected = query.selected(store);
    selected.forEach(object -> remove(type, object));
    return ApiResponse.ok(Json.typed("v1", "Status").put("status", "Success"));
  }

  /** Removes the object, or marks it if finalizers hold it; returns whether it is gone. */
  private boolean remove(ResourceType type, ObjectNode object) {
    boolean held = !ObjectMetadata.finalizers(object).isEmpty();
    if (type.is(BuiltInTypes.NAMESPACES)) {
      String namespace = Json.text(object, "metadata", "name");
      contents(namespace).forEach(content -> remove(content.type(), content.object()));
      held |= !contents(namespace).isEmpty();
    }
    if (!held) {
      delete(type, object);
    } else if (!ObjectMetadata.deleting(object)) {
      ObjectNode marked = ObjectMetadata.markDeleted(object, clock.instant());
      BuiltInRules.complete(type, marked, clock.instant());
      store.put(type, marked);
    }
    return !held;
  }

  private record Content(ResourceType type, ObjectNode object) {}

  private List<Content> contents(String namespace) {
    return types.all().stream()
        .filter(ResourceType::namespaced)
        .flatMap(
            type -> store.list(type, namespace).stream().map(object -> new Content(type, object)))
        .toList();
  }

  private void save(ResourceType type, ObjectNode object) {
    store.put(type, object);
    if (type.is(BuiltInTypes.CRDS)) {
      types.define(object);
    }
  }

  private void delete(ResourceType type, ObjectNode object) {
    store.remove(type, object);
    if (type.is(BuiltInTypes.CRDS)) {
      for (ResourceType gone : types.remove(object)) {
        List.copyOf(store.list(gone, "")).forEach(orphan -> store.remove(gone, orphan));
      }
    }
    String namespace = Json.text(object, "metadata", "namespace");
    if (!namespace.isEmpty()) {
      ResourceType namespaces = types.storedAs(BuiltInTypes.NAMESPACES);
      store
          .find(namespaces, "", namespace)
          .filter(ObjectMetadata::deleting)
          .filter(terminating -> contents(namespace).isEmpty())
          .ifPresent(terminating -> store.remove(namespaces, terminating));
    }
  }
}
