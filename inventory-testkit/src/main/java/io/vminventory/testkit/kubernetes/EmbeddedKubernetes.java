package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;

/**
 * Kubernetes API server in this JVM, on loopback, without TLS, for tests and demos. The fabric8
 * client, the Java Operator SDK and {@code kubectl} work with it.
 *
 * <pre>{@code
 * try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
 *   kubernetes.install(Path.of("crds/vms.yml"));
 *   KubernetesClient client = kubernetes.client();
 *   ...
 * }
 * }</pre>
 *
 * <p>It behaves like a real API server in discovery, custom resource definitions (pruning,
 * defaults, validation, printer columns, selectable fields, status subresource), optimistic
 * locking, field ownership and server-side apply, merge and JSON patches, selectors, paging,
 * watches and finalizers. It does not run controllers (no pods, no garbage collection by owner
 * reference), distinguish clients, evaluate CEL beyond {@code self == oldSelf}, convert between
 * versions, or persist anything.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedKubernetes implements AutoCloseable {

  private final Faults faults = new Faults();
  private final Access access = new Access();
  private final WatchStreams streams;
  private final ApiDispatcher dispatcher;
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private EmbeddedKubernetes(int port, InstantSource clock) {
    MockServerLog.quieten();
    ResourceApi api = new ResourceApi(clock);
    this.streams = new WatchStreams(api);
    MockWebServer web = new MockWebServer();
    // The web server records every request, which nothing reads here; reset frees them.
    this.dispatcher = new ApiDispatcher(api, streams, faults, access, web::reset);
    this.server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
    server.init(InetAddress.getLoopbackAddress(), port);
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(url())
                    .withNamespace("default")
                    .build())
            .build();
  }

  /** Starts a server on a free port. */
  public static EmbeddedKubernetes start() {
    return start(0);
  }

  /** Starts a server on this port; 0 takes a free one. */
  public static EmbeddedKubernetes start(int port) {
    return start(port, InstantSource.system());
  }

  /**
   * Starts a server with this clock.
   *
   * @param port 0 takes a free one
   */
  public static EmbeddedKubernetes start(int port, InstantSource clock) {
    return new EmbeddedKubernetes(port, clock);
  }

  /** The URL of the API, such as {@code http://127.0.0.1:41234}. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The client of this server, with namespace {@code default}; closed with the server. */
  public KubernetesClient client() {
    return client;
  }

  /**
   * Writes the file {@code kubeconfig} for {@code kubectl}, readable by its owner only.
   *
   * @return the file
   */
  public Path writeKubeconfig(Path directory) {
    return Kubeconfig.write(directory, url());
  }

  /**
   * Creates or replaces the objects in these YAML documents, such as custom resource definitions.
   */
  public void install(String yaml) {
    for (ObjectNode object : Json.documents(yaml)) {
      client.resource(object.toString()).createOr(existing -> existing.update());
    }
  }

  /** Installs the documents of a file. */
  public void install(Path yaml) {
    try {
      install(Files.readString(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + yaml, e);
    }
  }

  /** Installs the documents of a stream, which is read to its end and closed. */
  public void install(InputStream yaml) {
    try (yaml) {
      install(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a namespace if needed. */
  public void createNamespace(String name) {
    install("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  /** The number of requests so far. */
  public RequestCounts requests() {
    return dispatcher.counts();
  }

  /** The injected faults. */
  public Faults faults() {
    return faults;
  }

  /** The permissions of clients. */
  public Access access() {
    return access;
  }

  /** Closes client, watches and server. */
  @Override
  public void close() {
    client.close();
    streams.close();
    server.destroy();
  }
}
