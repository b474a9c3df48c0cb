package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.k8s.internal.DisplayText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Translator of the Kubernetes client's exceptions; the only class that knows HTTP status codes.
 *
 * @param kind the kind of the records
 * @param resource their plural and group, as RBAC rules name them
 */
record ApiErrors(String kind, String resource) {

  private static final int NOT_FOUND = 404;

  /** The client reports a smaller code if there was no HTTP response. */
  private static final int MIN_HTTP_CODE = 100;

  private static final int MAX_MESSAGE_LENGTH = 512;
  private static final String UNKNOWN_RESOURCE = "the cluster does not know them";
  private static final String APPLY_DEFINITIONS = "apply the custom resource definitions";

  static ApiErrors of(Class<? extends HasMetadata> type) {
    return new ApiErrors(HasMetadata.getKind(type), HasMetadata.getFullResourceName(type));
  }

  static boolean isNotFound(KubernetesClientException e) {
    return e.getCode() == NOT_FOUND;
  }

  /** Whether there is no object of that name, as opposed to an unknown resource. */
  static boolean isMissing(KubernetesClientException e, String name) {
    return isNotFound(e) && details(e).filter(about -> name.equals(about.getName())).isPresent();
  }

  /** Failure to list or watch the records of the cluster. */
  InventoryException onRead(RuntimeException e, WatchState.Request request) {
    return onRead(
        e,
        "cannot " + request + " the " + kind + " records of the cluster: ",
        "grant the operator list and watch on " + resource + " in all namespaces");
  }

  /** Failure to list the records of one namespace. */
  InventoryException onList(KubernetesClientException e, String namespace) {
    return onRead(
        e,
        "cannot list the " + kind + " records of namespace " + namespace + ": ",
        "grant list on " + resource + " there");
  }

  private static InventoryException onRead(RuntimeException e, String prefix, String grant) {
    if (!(e instanceof KubernetesClientException response)) {
      return new InventoryException(
          Failure.UNAVAILABLE, prefix + DisplayText.clean(e.toString(), MAX_MESSAGE_LENGTH), e);
    }
    return switch (response.getCode()) {
      case 401, 403 ->
          new InventoryException(Failure.MISCONFIGURED, prefix + message(response), grant, e);
      case NOT_FOUND ->
          new InventoryException(
              Failure.MISCONFIGURED, prefix + UNKNOWN_RESOURCE, APPLY_DEFINITIONS, e);
      default -> new InventoryException(Failure.UNAVAILABLE, prefix + message(response), e);
    };
  }

  /** Outcome of a write that failed. */
  <R> Outcome<R> onWrite(KubernetesClientException e, Kind kind, String namespace) {
    int code = e.getCode();
    if (code == 403 && hasCause(e, "NamespaceTerminating")) {
      return fatal("namespace " + namespace + " is being deleted", "", e);
    }
    if (code == NOT_FOUND && kind == Kind.CREATED) {
      return isAbout(e, "namespaces")
          ? fatal("namespace " + namespace + " does not exist", "create it", e)
          : fatal(UNKNOWN_RESOURCE, APPLY_DEFINITIONS, e);
    }
    return switch (code) {
      case NOT_FOUND, 409 -> new Outcome.Conflict<>();
      case 401, 403 ->
          new Outcome.Refused<>(
              message(e)
                  + "; grant the operator create, update and delete on "
                  + resource
                  + ", or see which admission policy refuses it");
      case 400, 422 ->
          new Outcome.Refused<>(
              message(e)
                  + "; apply the custom resource definitions of this version, or see which"
                  + " admission policy refuses it");
      default -> new Outcome.NoResponse<>(message(e), code < MIN_HTTP_CODE);
    };
  }

  /** Outcome of a write whose object could not be read again; a new plan would not help. */
  <R> Outcome<R> onReread(KubernetesClientException e) {
    return switch (e.getCode()) {
      case 401, 403 ->
          new Outcome.Refused<>(message(e) + "; grant the operator get on " + resource);
      default -> new Outcome.NoResponse<>(message(e), false);
    };
  }

  private <R> Outcome<R> fatal(String problem, String remedy, KubernetesClientException e) {
    return new Outcome.Fatal<>(
        new InventoryException(
            Failure.MISCONFIGURED, "cannot write " + kind + " records: " + problem, remedy, e));
  }

  /** Failure of a call that was cancelled because too many writes in a row had no response. */
  InventoryException onNoResponse(String namespace, String message) {
    return new InventoryException(
        Failure.UNAVAILABLE,
        "the API server accepts no "
            + kind
            + " records in namespace "
            + namespace
            + ": "
            + message);
  }

  private static boolean isAbout(KubernetesClientException e, String kind) {
    return details(e).filter(details -> kind.equals(details.getKind())).isPresent();
  }

  private static boolean hasCause(KubernetesClientException e, String reason) {
    return causes(e).stream().anyMatch(cause -> reason.equals(cause.getReason()));
  }

  /** The wrong fields if the server names them, else its message, else the client's. */
  private static String message(KubernetesClientException e) {
    String fields =
        causes(e).stream()
            .filter(cause -> cause.getField() != null && !cause.getField().equals("<nil>"))
            .map(cause -> cause.getField() + ": " + cause.getMessage())
            .collect(Collectors.joining("; "));
    String text =
        Optional.of(fields)
            .filter(found -> !found.isEmpty())
            .or(() -> Optional.ofNullable(e.getStatus()).map(Status::getMessage))
            .or(() -> Optional.ofNullable(e.getCause()).map(Throwable::getMessage))
            .or(() -> Optional.ofNullable(e.getMessage()))
            .orElse("no response");
    return DisplayText.clean(text, MAX_MESSAGE_LENGTH);
  }

  private static List<StatusCause> causes(KubernetesClientException e) {
    return details(e).map(StatusDetails::getCauses).orElse(List.of());
  }

  private static Optional<StatusDetails> details(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus()).map(Status::getDetails);
  }
}
