package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Inventory;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.k8s.sink.WritePermit;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A namespace of the cluster that is measured in, and what writes into it. For one thread. */
final class Bench implements AutoCloseable {

  private static final long PAGE = 1_000;

  private final KubernetesClient client;
  private final WriteRecorder recorder = new WriteRecorder();
  private final Tenant tenant;

  /**
   * @param namespace is made, and deleted in the end
   */
  Bench(Cluster cluster, String namespace) {
    this.client = cluster.open(recorder);
    this.tenant =
        new Tenant(new TenantId(namespace, "bench"), "user", Secret.of("pass"), namespace);
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    recorder.forget();
  }

  KubernetesClient client() {
    return client;
  }

  /** What the client of this namespace has sent. */
  WriteRecorder recorder() {
    return recorder;
  }

  Tenant tenant() {
    return tenant;
  }

  /** A sink that knows all records already; its user closes it. */
  KubernetesInventorySink sink(Inventory before) throws Exception {
    KubernetesInventorySink sink = newSink();
    apply(sink, before);
    return sink;
  }

  /** A sink that knows nothing yet; its user closes it. */
  KubernetesInventorySink newSink() {
    return new KubernetesInventorySink(
        client, SinkOptions.defaults(), WritePermit.ALWAYS, InstantSource.system());
  }

  /** Applies the inventory, and fails unless all was done. */
  SinkResult apply(KubernetesInventorySink sink, Inventory inventory) throws Exception {
    SinkResult result = sink.apply(tenant, inventory, 0);
    if (!result.complete()) {
      throw new IOException("not all could be written: " + result.problems());
    }
    return result;
  }

  /** As many connections as the sink writes at the same time. */
  RawWriter floor() throws IOException {
    return new RawWriter(client.getConfiguration(), SinkOptions.defaults().parallelWrites());
  }

  /** Deletes all records, and returns when they are gone. */
  void clear() throws IOException, InterruptedException {
    List<WriteRecorder.Write> changes =
        versions().keySet().stream()
            .map(name -> new WriteRecorder.Write(0, "PUT", path() + "/" + name, ""))
            .toList();
    try (RawWriter writer = floor()) {
      writer.send(RecordedWrites.deletions(changes), true);
    }
  }

  private String path() {
    return "/apis/vminventory.io/v1/namespaces/" + tenant.target() + "/vms";
  }

  /** The versions of all records by their names. */
  Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    String next = null;
    do {
      var page =
          client
              .resources(VmResource.class)
              .inNamespace(tenant.target())
              .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      page.getItems()
          .forEach(
              vm ->
                  versions.put(vm.getMetadata().getName(), vm.getMetadata().getResourceVersion()));
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return versions;
  }

  @Override
  public void close() throws IOException {
    try {
      clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.namespaces().withName(tenant.target()).delete();
    client.close();
  }
}
