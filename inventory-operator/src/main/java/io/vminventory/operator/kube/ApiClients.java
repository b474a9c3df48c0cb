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
 * Makes the operator's clients: impatient, since what fails is tried again later anyway, and wary
 * of connections that have died without a sign. Owns their threads, which are daemons.
 */
public final class ApiClients implements AutoCloseable {

  /** How often the client repeats a request that the API server was too busy for. */
  private static final int RETRIES = 4;

  /** Doubles five times, so that a watch that broke is back within ten seconds. */
  private static final int WATCH_RECONNECT_MILLIS = 300;

  /** How long an answer may take; one that is lost is asked for again. */
  private static final int REQUEST_MILLIS = 5_000;

  /**
   * How long a connection without use is kept. When a network that swallowed everything is well
   * again, each dead one that is left costs a request its whole time.
   */
  private static final int KEPT_SECONDS = 4;

  /**
   * How long a watch may say nothing. The API server says something every minute, so one that is
   * silent for longer is dead; otherwise that would be noticed after ten minutes.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(90);

  private final Vertx vertx;

  public ApiClients() {
    this(LONGEST_SILENCE);
  }

  /**
   * @param longestSilence how long a connection may say nothing, in full seconds
   */
  public ApiClients(Duration longestSilence) {
    vertx =
        new Wary(
            (VertxInternal) Vertx.vertx(new VertxOptions().setUseDaemonThread(true)),
            Math.toIntExact(longestSilence.toSeconds()));
  }

  /** A new client, to be closed before this. */
  public KubernetesClient create(Config config) {
    return create(config, RETRIES);
  }

  /** A new client for a person who waits: it soon tells what fails. To be closed before this. */
  public KubernetesClient createOneShot(Config config) {
    return create(config, 1);
  }

  private KubernetesClient create(Config config, int retries) {
    config.setUserAgent("vminventory/" + Version.text());
    config.setRequestRetryBackoffLimit(retries);
    config.setWatchReconnectInterval(WATCH_RECONNECT_MILLIS);
    config.setRequestTimeout(REQUEST_MILLIS);
    lookForNoTokenInVain(config);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization())
        .withHttpClientFactory(new VertxHttpClientFactory(vertx))
        .build();
  }

  /**
   * Knows what a watch may tell, objects and errors, whose type is in what is told; all else is
   * read as what it was asked for. The default loads 600 classes from the class path to know all
   * types.
   */
  static KubernetesSerialization serialization() {
    KubernetesSerialization serialization = new KubernetesSerialization(new ObjectMapper(), false);
    serialization.registerKubernetesResource(Status.class);
    serialization.registerKubernetesResource(TenantResource.class);
    serialization.registerKubernetesResource(VmResource.class);
    return serialization;
  }

  /**
   * A client that has a certificate and no token would look for one from its second minute on: each
   * of its requests would read the kubeconfig anew.
   */
  static void lookForNoTokenInVain(Config config) {
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

  /**
   * The only way to options of connections that the Kubernetes client does not offer before 7.6.
   */
  private static final class Wary extends VertxWrapper {

    private final int silenceSeconds;

    Wary(VertxInternal delegate, int silenceSeconds) {
      super(delegate);
      this.silenceSeconds = silenceSeconds;
    }

    @Override
    public HttpClient createHttpClient(HttpClientOptions options) {
      return super.createHttpClient(
          options
              .setKeepAliveTimeout(KEPT_SECONDS)
              .setIdleTimeoutUnit(TimeUnit.SECONDS)
              .setReadIdleTimeout(silenceSeconds));
    }
  }
}
