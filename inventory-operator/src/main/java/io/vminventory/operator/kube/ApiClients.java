package io.vminventory.operator.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.config.Version;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Factory of the operator's Kubernetes clients. They fail fast, since the operator retries anyway,
 * and detect connections that died silently. Owns their threads, which are daemons.
 */
public final class ApiClients implements AutoCloseable {

  /** Repetitions of a request that the API server was too busy for. */
  private static final int MAX_RETRIES = 4;

  /** Doubles five times, so that a broken watch is back within ten seconds. */
  private static final int WATCH_RECONNECT_INTERVAL_MILLIS = 300;

  /** Bound of a response; a request without one is repeated. */
  private static final int REQUEST_TIMEOUT_MILLIS = 5_000;

  /**
   * How long an idle connection is kept. After a network outage, each dead one in the pool costs a
   * request its whole timeout.
   */
  private static final int KEEP_ALIVE_SECONDS = 4;

  /**
   * How long a connection stays open without incoming data. The API server sends something on a
   * watch every minute; a dead one would otherwise be noticed after ten minutes.
   */
  private static final Duration MAX_SILENCE = Duration.ofSeconds(90);

  private final Vertx vertx;

  public ApiClients() {
    this(MAX_SILENCE);
  }

  /**
   * @param maxSilence after which a connection without incoming data is closed, in full seconds
   */
  public ApiClients(Duration maxSilence) {
    vertx =
        new TunedVertx(
            (VertxInternal) Vertx.vertx(new VertxOptions().setUseDaemonThread(true)),
            Math.toIntExact(maxSilence.toSeconds()));
  }

  /** A new client, to be closed before this. */
  public KubernetesClient create(Config config) {
    return create(config, MAX_RETRIES);
  }

  /**
   * A new client for a command that a person waits for: it retries once. To be closed before this.
   */
  public KubernetesClient createOneShot(Config config) {
    return create(config, 1);
  }

  private KubernetesClient create(Config config, int retries) {
    config.setUserAgent("vminventory/" + Version.text());
    config.setRequestRetryBackoffLimit(retries);
    config.setWatchReconnectInterval(WATCH_RECONNECT_INTERVAL_MILLIS);
    config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
    disableTokenRefresh(config);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization())
        .withHttpClientFactory(new VertxHttpClientFactory(vertx))
        .build();
  }

  /**
   * Serialization that knows the types of objects and errors that a watch can deliver; any other
   * response is read as the type of the request. The default scans 600 classes on the class path.
   */
  static KubernetesSerialization serialization() {
    KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
    serialization.registerKubernetesResource(Status.class);
    serialization.registerKubernetesResource(TenantResource.class);
    serialization.registerKubernetesResource(VmResource.class);
    return serialization;
  }

  /**
   * Stops a client with a certificate and without a token from looking for a token: from its second
   * minute on, it would read the kubeconfig anew for each request.
   */
  static void disableTokenRefresh(Config config) {
    boolean certificate = config.getClientCertData() != null || config.getClientCertFile() != null;
    boolean token =
        config.getOauthTokenProvider() != null
            || config.getOauthToken() != null
            || config.getAutoOAuthToken() != null
            || config.getAuthProvider() != null;
    if (certificate && !token) {
      config.setOauthTokenProvider(() -> "");
    }
  }

  @Override
  public void close() {
    var unused = vertx.close();
  }

  /** Vert.x with connection options that the Kubernetes client does not offer before 7.6. */
  private static final class TunedVertx extends VertxWrapper {

    private final int readIdleSeconds;

    TunedVertx(VertxInternal delegate, int readIdleSeconds) {
      super(delegate);
      this.readIdleSeconds = readIdleSeconds;
    }

    @Override
    public HttpClient createHttpClient(HttpClientOptions options) {
      return super.createHttpClient(
          options
              .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
              .setIdleTimeoutUnit(TimeUnit.SECONDS)
              .setReadIdleTimeout(readIdleSeconds));
    }
  }
}
