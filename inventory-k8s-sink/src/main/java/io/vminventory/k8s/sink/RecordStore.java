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
 * Reads and writes records of one format, one request each. Every change and deletion names the
 * version of the object that it was decided on, so that nothing done meanwhile by others is lost.
 */
final class RecordStore<R extends HasMetadata> {

  private static final long PAGE_SIZE = 500;

  private final MixedOperation<R, KubernetesResourceList<R>, Resource<R>> records;

  /** The same, but what fails is told at once, so that it can be shown to a person. */
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

  /** Explains what this store throws. */
  ApiErrors errors() {
    return errors;
  }

  /**
   * A page of the objects of all namespaces. The first page is as of one moment, and so are those
   * that follow it.
   *
   * @param next what the page before said comes next; {@code null} for the first
   * @throws KubernetesClientException if it cannot be read; 410 if the moment is too long ago
   */
  KubernetesResourceList<R> page(@Nullable String next) {
    return page(recordsOnce.inAnyNamespace(), next);
  }

  private KubernetesResourceList<R> page(
      Listable<KubernetesResourceList<R>> where, @Nullable String next) {
    KubernetesResourceList<R> page =
        where.list(new ListOptionsBuilder().withLimit(PAGE_SIZE).withContinue(next).build());
    page.getItems().forEach(RecordStore::lighten);
    return page;
  }

  /**
   * All objects of one namespace, as of one moment.
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
   * Tells the watcher what happens to objects of all namespaces after a version. Nothing is tried
   * again: when the connection ends, the watch has ended.
   *
   * @param longest how long the server is to keep the connection
   * @throws KubernetesClientException if the watch cannot be begun
   */
  Watch watch(String version, Duration longest, Watcher<R> watcher) {
    // Else each object is decoded twice: as one of any type first.
    serialization.registerKubernetesResource(type);
    return recordsOnce
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
   * @throws KubernetesClientException if it cannot be read; 404 too, if the type is unknown, as is
   *     the case with an API server that has just begun
   */
  Optional<R> get(String namespace, String name) {
    try {
      return Optional.of(lighten(recordsOnce.inNamespace(namespace).withName(name).require()));
    } catch (ResourceNotFoundException e) {
      if (e.getCause() instanceof KubernetesClientException reason
          && !ApiErrors.isMissing(reason, name)) {
        throw reason;
      }
      return Optional.empty();
    }
  }

  /** Does one step of a plan. */
  Outcome<R> write(Plan.Step<R> step) {
    R record = step.object();
    String namespace = record.getMetadata().getNamespace();
    Resource<R> resource = records.inNamespace(namespace).resource(record);
    try {
      return switch (step.kind()) {
        case CREATED -> new Outcome.Done<>(Optional.of(lighten(resource.create())));
        case CHANGED -> new Outcome.Done<>(Optional.of(lighten(resource.update())));
        case DELETED -> delete(resource, record);
      };
    } catch (KubernetesClientException e) {
      return errors.onWrite(e, step.kind(), namespace);
    }
  }

  /** Deletes the object; one that has finalizers is still there, and marked. */
  private Outcome<R> delete(Resource<R> resource, R record) {
    boolean missing =
        resource.lockResourceVersion(record.getMetadata().getResourceVersion()).delete().isEmpty();
    if (missing) {
      return new Outcome.Stale<>(); // The client does not tell one 404 from another.
    }
    return new Outcome.Done<>(
        record.getMetadata().getFinalizers().isEmpty()
            ? Optional.empty()
            : get(record.getMetadata().getNamespace(), record.getMetadata().getName()));
  }

  /**
   * Who set which field is a third of an object, and nobody here reads it. Words that many records
   * have are the same strings after this, and the maps that hold them have no room to grow.
   */
  static <T extends HasMetadata> T lighten(T record) {
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
