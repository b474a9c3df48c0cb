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

/** Namespace of the cluster for the records of one benchmark. For one thread. */
final class BenchmarkNamespace implements AutoCloseable {

  private static final long PAGE_SIZE = 1_000;

  private final KubernetesClient client;
  private final WriteRecorder recorder = new WriteRecorder();
  private final Tenant tenant;

  /**
   * @param namespace is created, and deleted by {@link #close()}
   */
  BenchmarkNamespace(Cluster cluster, String namespace) {
    this.client = cluster.newClient(recorder);
    this.tenant =
        new Tenant(new TenantId(namespace, "bench"), "user", Secret.of("pass"), namespace);
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    recorder.reset();
  }

  KubernetesClient client() {
    return client;
  }

  /** Recorder of the requests that {@link #client()} sends. */
  WriteRecorder recorder() {
    return recorder;
  }

  Tenant tenant() {
    return tenant;
  }

  /** A new sink that has applied this inventory; the caller closes it. */
  KubernetesInventorySink sinkWith(Inventory inventory) throws Exception {
    KubernetesInventorySink sink = newSink();
    apply(sink, inventory);
    return sink;
  }

  /** A new sink that has applied nothing yet; the caller closes it. */
  KubernetesInventorySink newSink() {
    return new KubernetesInventorySink(
        client, SinkOptions.defaults(), WritePermit.ALWAYS, InstantSource.system());
  }

  /** Applies the inventory; fails unless every record was written. */
  SinkResult apply(KubernetesInventorySink sink, Inventory inventory) throws Exception {
    SinkResult result = sink.apply(tenant, inventory, 0);
    if (!result.complete()) {
      throw new IOException("some records could not be written: " + result.problems());
    }
    return result;
  }

  /** A writer with as many connections as the sink has writes in parallel. */
  RawWriter newRawWriter() throws IOException {
    return new RawWriter(client.getConfiguration(), SinkOptions.defaults().parallelWrites());
  }

  /** Deletes all records, and waits until they are gone. */
  void deleteRecords() throws IOException, InterruptedException {
    List<WriteRecorder.Write> updates =
        resourceVersions().keySet().stream()
            .map(name -> new WriteRecorder.Write(0, "PUT", recordsPath() + "/" + name, ""))
            .toList();
    try (RawWriter writer = newRawWriter()) {
      writer.send(RecordedWrites.deletions(updates), true);
    }
  }

  private String recordsPath() {
    return "/apis/vminventory.io/v1/namespaces/" + tenant.target() + "/vms";
  }

  /** Resource versions of all records, by their names. */
  Map<String, String> resourceVersions() {
    Map<String, String> versions = new HashMap<>();
    String next = null;
    do {
      var page =
          client
              .resources(VmResource.class)
              .inNamespace(tenant.target())
              .list(new ListOptionsBuilder().withLimit(PAGE_SIZE).withContinue(next).build());
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
      deleteRecords();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.namespaces().withName(tenant.target()).delete();
    client.close();
  }
}
