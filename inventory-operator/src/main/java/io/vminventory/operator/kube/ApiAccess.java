package io.vminventory.operator.kube;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import java.util.Optional;
import java.util.Set;

/** Check whether the operator can use the Kubernetes API. */
public final class ApiAccess {

  private static final int NOT_FOUND = 404;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int MIN_ERROR_CODE = 400;

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final String selector;

  /**
   * @param namespaces the namespaces whose Tenants are watched; empty means all
   * @param selector the label selector of the Tenants; empty means all
   */
  public ApiAccess(KubernetesClient client, Set<String> namespaces, String selector) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.selector = selector;
  }

  /** Lists one Tenant and one record in each namespace; empty if that works. */
  public Optional<InventoryException> check() {
    try {
      for (String namespace : namespaces) {
        client.resources(TenantResource.class).inNamespace(namespace).list(oneSelected());
        records(namespace);
      }
      if (namespaces.isEmpty()) {
        client.resources(TenantResource.class).inAnyNamespace().list(oneSelected());
        client.resources(VmResource.class).inAnyNamespace().list(one());
      }
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(translate(e, String.valueOf(client.getMasterUrl())));
    }
  }

  /** Records need not be where Tenants are, so only their definition has to be there. */
  private void records(String namespace) {
    try {
      client.resources(VmResource.class).inNamespace(namespace).list(one());
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
    }
  }

  /** The API server rejects an invalid selector with the reason. */
  private ListOptions oneSelected() {
    return new ListOptionsBuilder()
        .withLimit(1L)
        .withLabelSelector(selector.isEmpty() ? null : selector)
        .build();
  }

  private static ListOptions one() {
    return new ListOptionsBuilder().withLimit(1L).build();
  }

  /** The failure that the client's exception means, with the remedy. */
  public static InventoryException translate(KubernetesClientException e, String url) {
    int code = e.getCode();
    if (code == NOT_FOUND) {
      return new InventoryException(
          Failure.MISCONFIGURED,
          "the custom resources are not installed at " + url,
          "kubectl apply -f deploy/crds",
          e);
    }
    if (code == FORBIDDEN || code == UNAUTHORIZED) {
      return new InventoryException(
          Failure.DENIED,
          "%s refuses the operator's account: %s".formatted(url, message(e)),
          "see deploy/rbac.yaml for the rights it needs",
          e);
    }
    return code >= MIN_ERROR_CODE
        ? new InventoryException(
            Failure.UNAVAILABLE,
            "the Kubernetes API at %s returns status %d: %s".formatted(url, code, message(e)),
            e)
        : new InventoryException(
            Failure.UNAVAILABLE,
            "the Kubernetes API at %s cannot be reached: %s".formatted(url, rootCause(e)),
            "check KUBECONFIG, and whether the API server runs",
            e);
  }

  private static String message(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse(rootCause(e));
  }

  /** The client's own message names the operation, its root cause the problem. */
  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
