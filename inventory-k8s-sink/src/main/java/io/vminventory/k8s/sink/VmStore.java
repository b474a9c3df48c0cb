package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.k8s.VmResource;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes VM objects, one request each. Every change and deletion names the version of the
 * object that it was decided on, so that nothing done meanwhile by others is lost.
 */
final class VmStore {

  private static final long PAGE_SIZE = 500;
  private static final int EXPIRED = 410;
  private static final int ATTEMPTS = 3;

  private final MixedOperation<VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vms;

  VmStore(KubernetesClient client) {
    this.vms = client.resources(VmResource.class);
  }

  /**
   * All VM objects of a namespace as of one moment; none if there is no such namespace, or if the
   * cluster does not know VM objects at all.
   *
   * @throws KubernetesClientException if they cannot be read
   */
  List<VmResource> list(String namespace) {
    for (int attempt = 1; ; attempt++) {
      try {
        return listOnce(namespace);
      } catch (KubernetesClientException e) {
        if (ApiErrors.isNotFound(e)) {
          return List.of();
        }
        // The moment is too long ago for the server to give the next page: start over.
        if (e.getCode() != EXPIRED || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<VmResource> listOnce(String namespace) {
    List<VmResource> all = new ArrayList<>();
    ListOptions options = new ListOptionsBuilder().withLimit(PAGE_SIZE).build();
    String next;
    do {
      KubernetesResourceList<VmResource> page = vms.inNamespace(namespace).list(options);
      all.addAll(page.getItems());
      next = page.getMetadata().getContinue();
      options.setContinue(next);
    } while (next != null && !next.isEmpty());
    return all;
  }

  /** Does one step of a plan. */
  Outcome write(Plan.Step step) {
    VmResource vm = step.vm();
    String namespace = vm.getMetadata().getNamespace();
    Resource<VmResource> resource = vms.inNamespace(namespace).resource(vm);
    try {
      switch (step.kind()) {
        case CREATED -> resource.create();
        case CHANGED -> resource.update();
        case DELETED ->
            resource.lockResourceVersion(vm.getMetadata().getResourceVersion()).delete();
      }
      return new Outcome.Done();
    } catch (KubernetesClientException e) {
      return ApiErrors.onWrite(e, step.kind(), namespace);
    }
  }
}
