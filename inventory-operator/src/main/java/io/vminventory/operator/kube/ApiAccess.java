package io.vminventory.operator.kube;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import java.util.Optional;
import java.util.Set;

/** Whether the operator can use the Kubernetes API, and in plain words why not. */
public final class ApiAccess {

  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int LEAST_ERROR = 400;

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final String selector;

  /**
   * @param namespaces where Tenants are looked for; empty means everywhere
   * @param selector the labels of those that are looked for; empty means all
   */
  public ApiAccess(KubernetesClient client, Set<String> namespaces, String selector) {
    this.client = client;
    this.namespaces = Set.copyOf(namespaces);
    this.selector = selector;
  }

  /** Asks for one Tenant and one record wherever it has to; what is missing, and the remedy. */
  public Optional<String> problem() {
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
      return Optional.of(explain(e, String.valueOf(client.getMasterUrl())));
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

  /** A selector that cannot be understood is refused with the reason. */
  private ListOptions oneSelected() {
    return new ListOptionsBuilder()
        .withLimit(1L)
        .withLabelSelector(selector.isEmpty() ? null : selector)
        .build();
  }

  private static ListOptions one() {
    return new ListOptionsBuilder().withLimit(1L).build();
  }

  /** What the client's exception means, and the remedy. */
  public static String explain(KubernetesClientException e, String url) {
    int code = e.getCode();
    if (code == NOT_FOUND) {
      return "the custom resources are not installed at %s: kubectl apply -f deploy/crds"
          .formatted(url);
    }
    if (code == FORBIDDEN || code == 401) {
      return "%s refuses the operator's account: %s; see deploy/rbac.yaml for the rights it needs"
          .formatted(url, said(e));
    }
    return code >= LEAST_ERROR
        ? "the Kubernetes API at %s answers %d: %s".formatted(url, code, said(e))
        : "the Kubernetes API at %s cannot be reached: %s; check KUBECONFIG, and whether it runs"
            .formatted(url, rootCause(e));
  }

  private static String said(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse(rootCause(e));
  }

  /** The client's own message names the operation; what went wrong lies beneath. */
  private static String rootCause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
