package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.k8s.VmResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes VM objects, one request each. Every change and deletion names the version of the
 * object that it was decided on, so that nothing done meanwhile by others is lost.
 */
final class VmStore {

  private static final long PAGE_SIZE = 500;

  private final MixedOperation<VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vms;

  /** The same, but what fails is told at once, so that it can be shown to a person. */
  private final MixedOperation<VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vmsOnce;

  VmStore(KubernetesClient client) {
    this.vms = client.resources(VmResource.class);
    this.vmsOnce =
        client
            .newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .withWatchReconnectLimit(0)
                    .build())
            .adapt(KubernetesClient.class)
            .resources(VmResource.class);
  }

  /**
   * A page of the objects of all namespaces. The first page is as of one moment, and so are those
   * that follow it.
   *
   * @param next what the page before said comes next; {@code null} for the first
   * @throws KubernetesClientException if it cannot be read; 410 if the moment is too long ago
   */
  KubernetesResourceList<VmResource> page(@Nullable String next) {
    return page(vmsOnce.inAnyNamespace(), next);
  }

  private static KubernetesResourceList<VmResource> page(
      Listable<KubernetesResourceList<VmResource>> where, @Nullable String next) {
    KubernetesResourceList<VmResource> page =
        where.list(new ListOptionsBuilder().withLimit(PAGE_SIZE).withContinue(next).build());
    page.getItems().forEach(VmStore::lighten);
    return page;
  }

  /**
   * All objects of one namespace, as of one moment.
   *
   * @throws KubernetesClientException if they cannot be read
   */
  List<VmResource> list(String namespace) {
    List<VmResource> all = new ArrayList<>();
    String next = null;
    do {
      KubernetesResourceList<VmResource> page = page(vmsOnce.inNamespace(namespace), next);
      all.addAll(page.getItems());
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return all;
  }

  /**
   * Tells the watcher what happens to objects of all namespaces after a version. Nothing is tried
   * again: when the connection ends, the watch has ended.
   *
   * @param longest how long the server is to keep the connection
   * @throws KubernetesClientException if the watch cannot be begun
   */
  Watch watch(String version, Duration longest, Watcher<VmResource> watcher) {
    return vmsOnce
        .inAnyNamespace()
        .watch(
            new ListOptionsBuilder()
                .withResourceVersion(version)
                .withTimeoutSeconds(longest.toSeconds())
                .withAllowWatchBookmarks(true)
                .build(),
            watcher);
  }

  /**
   * The object of that name as it is now. Asked for once.
   *
   * @return empty only if the API server says that there is no such object
   * @throws KubernetesClientException if it cannot be read; 404 too, if no VM objects are known, as
   *     is the case with an API server that has just begun
   */
  Optional<VmResource> get(String namespace, String name) {
    try {
      return Optional.of(lighten(vmsOnce.inNamespace(namespace).withName(name).require()));
    } catch (ResourceNotFoundException e) {
      if (e.getCause() instanceof KubernetesClientException reason
          && !ApiErrors.isMissing(reason, name)) {
        throw reason;
      }
      return Optional.empty();
    }
  }

  /** Does one step of a plan. */
  Outcome write(Plan.Step step) {
    VmResource vm = step.vm();
    String namespace = vm.getMetadata().getNamespace();
    Resource<VmResource> resource = vms.inNamespace(namespace).resource(vm);
    try {
      return switch (step.kind()) {
        case CREATED -> new Outcome.Done(Optional.of(lighten(resource.create())));
        case CHANGED -> new Outcome.Done(Optional.of(lighten(resource.update())));
        case DELETED -> delete(resource, vm);
      };
    } catch (KubernetesClientException e) {
      return ApiErrors.onWrite(e, step.kind(), namespace);
    }
  }

  /** Deletes the object; one that has finalizers is still there, and marked. */
  private Outcome delete(Resource<VmResource> resource, VmResource vm) {
    boolean missing =
        resource.lockResourceVersion(vm.getMetadata().getResourceVersion()).delete().isEmpty();
    if (missing) {
      return new Outcome.Stale(); // The client does not tell one 404 from another.
    }
    return new Outcome.Done(
        vm.getMetadata().getFinalizers().isEmpty()
            ? Optional.empty()
            : get(vm.getMetadata().getNamespace(), vm.getMetadata().getName()));
  }

  /** Who set which field is a third of an object, and nobody here reads it. */
  static VmResource lighten(VmResource vm) {
    vm.getMetadata().setManagedFields(List.of());
    return vm;
  }
}
