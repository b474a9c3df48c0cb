package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Client for records of one format. Every change and deletion names the object version it was
 * decided on, so that no change of another client is lost.
 */
final class RecordStore<R extends HasMetadata> {

  private static final long PAGE_SIZE = 500;

  private final MixedOperation<R, KubernetesResourceList<R>, Resource<R>> records;

  /** Without the client's retries, so that a failure is reported at once. */
  private final MixedOperation<R, KubernetesResourceList<R>, Resource<R>> recordsOnce;

  private final KubernetesSerialization serialization;
  private final Class<R> type;
  private final ApiErrors errors;

  RecordStore(KubernetesClient client, Class<R> type) {
    this.serialization = client.getKubernetesSerialization();
    this.type = type;
    this.records = client.resources(type);
    this.errors = ApiErrors.of(type);
    this.recordsOnce =
        client
            .newClient(
                new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                    .withRequestRetryBackoffLimit(0)
                    .withWatchReconnectLimit(0)
                    .build())
            .adapt(KubernetesClient.class)
            .resources(type);
  }

  /** Translates failed requests for these records. */
  ApiErrors errors() {
    return errors;
  }

  /**
   * One page of the objects of all namespaces. All pages of a list show the same version.
   *
   * @param next the continue token of the page before; {@code null} for the first page
   * @throws KubernetesClientException if the page cannot be read; 410 if the token has expired
   */
  KubernetesResourceList<R> page(@Nullable String next) {
    return page(recordsOnce.inAnyNamespace(), next);
  }

  private KubernetesResourceList<R> page(
      Listable<KubernetesResourceList<R>> where, @Nullable String next) {
    KubernetesResourceList<R> page =
        where.list(new ListOptionsBuilder().withLimit(PAGE_SIZE).withContinue(next).build());
    page.getItems().forEach(RecordStore::stripManagedFields);
    return page;
  }

  /**
   * All objects of one namespace at one version.
   *
   * @throws KubernetesClientException if they cannot be read
   */
  List<R> list(String namespace) {
    List<R> all = new ArrayList<>();
    String next = null;
    do {
      KubernetesResourceList<R> page = page(recordsOnce.inNamespace(namespace), next);
      all.addAll(page.getItems());
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return all;
  }

  /**
   * Watches the objects of all namespaces from a version on. Makes one connection and does not
   * reconnect.
   *
   * @param lifetime when the server should end the connection
   * @throws KubernetesClientException if the connection cannot be made
   */
  Watch watch(String version, Duration lifetime, Watcher<R> watcher) {
    // Otherwise each object is decoded twice, first as a generic resource.
    serialization.registerKubernetesResource(type);
    return recordsOnce
        .inAnyNamespace()
        .watch(
            new ListOptionsBuilder()
                .withResourceVersion(version)
                .withTimeoutSeconds(lifetime.toSeconds())
                .withAllowWatchBookmarks(true)
                .build(),
            watcher);
  }

  /**
   * The object of that name, read without retries.
   *
   * @return empty only if the API server reports that there is no such object
   * @throws KubernetesClientException if it cannot be read; also with 404 if the API server does
   *     not know the resource, as it may be just after its start
   */
  Optional<R> get(String namespace, String name) {
    try {
      return Optional.of(
          stripManagedFields(recordsOnce.inNamespace(namespace).withName(name).require()));
    } catch (ResourceNotFoundException e) {
      if (e.getCause() instanceof KubernetesClientException reason
          && !ApiErrors.isMissing(reason, name)) {
        throw reason;
      }
      return Optional.empty();
    }
  }

  /** Writes one step of a plan. */
  Outcome<R> write(Plan.Step<R> step) {
    R record = step.object();
    String namespace = record.getMetadata().getNamespace();
    Resource<R> resource = records.inNamespace(namespace).resource(record);
    try {
      return switch (step.kind()) {
        case CREATED -> new Outcome.Done<>(Optional.of(stripManagedFields(resource.create())));
        case CHANGED -> new Outcome.Done<>(Optional.of(stripManagedFields(resource.update())));
        case DELETED -> delete(resource, record);
      };
    } catch (KubernetesClientException e) {
      return errors.onWrite(e, step.kind(), namespace);
    }
  }

  /** Deletes the object; with finalizers, it stays and is marked as being deleted. */
  private Outcome<R> delete(Resource<R> resource, R record) {
    boolean missing =
        resource.lockResourceVersion(record.getMetadata().getResourceVersion()).delete().isEmpty();
    if (missing) {
      return new Outcome.Conflict<>(); // The client does not distinguish the kinds of 404.
    }
    return new Outcome.Done<>(
        record.getMetadata().getFinalizers().isEmpty()
            ? Optional.empty()
            : get(record.getMetadata().getNamespace(), record.getMetadata().getName()));
  }

  /**
   * Removes the managed fields, a third of the object that the sink does not use, and shares the
   * strings that many records have in common.
   */
  static <T extends HasMetadata> T stripManagedFields(T record) {
    ObjectMeta metadata = record.getMetadata();
    metadata.setManagedFields(List.of());
    metadata.setNamespace(metadata.getNamespace().intern());
    if (metadata.getLabels() != null) {
      metadata.getLabels().replaceAll((key, value) -> value.intern());
      metadata.setLabels(Map.copyOf(metadata.getLabels()));
    }
    if (metadata.getAnnotations() != null && metadata.getAnnotations().isEmpty()) {
      metadata.setAnnotations(Map.of());
    }
    record.setApiVersion(record.getApiVersion().intern());
    return record;
  }
}
