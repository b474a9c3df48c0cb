package io.vminventory.benchmark;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Minimal writer as a floor: as many connections as the sink has writes in parallel, each sending
 * the next request as soon as it has the response to the last.
 */
final class RawWriter implements AutoCloseable {

  private static final Set<Integer> SUCCESS = Set.of(200, 201);

  private final List<RawHttp> connections = new ArrayList<>();
  private final ExecutorService threads;
  private final String headers;

  /** Connects with the credentials of the client's configuration. */
  RawWriter(Config config, int parallel) throws IOException {
    String token = config.getOauthToken();
    headers =
        "Content-Type: application/json\r\nAccept: application/json\r\n"
            + (token == null ? "" : "Authorization: Bearer " + token + "\r\n");
    URI server = URI.create(config.getMasterUrl());
    try {
      SSLContext tls = SSLUtils.sslContext(config);
      for (int i = 0; i < parallel; i++) {
        connections.add(new RawHttp(server, tls));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with " + server, e);
    }
    threads = Executors.newFixedThreadPool(parallel);
  }

  /**
   * Sends all requests.
   *
   * @param acceptNotFound whether 404 counts as success
   */
  void send(List<WriteRecorder.Write> writes, boolean acceptNotFound)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> futures = new ArrayList<>();
    for (RawHttp connection : connections) {
      futures.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement();
                    i < writes.size();
                    i = next.getAndIncrement()) {
                  send(connection, writes.get(i), acceptNotFound);
                }
                return null;
              }));
    }
    try {
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the raw writer failed", e.getCause());
    }
  }

  private void send(RawHttp connection, WriteRecorder.Write write, boolean acceptNotFound)
      throws IOException {
    RawHttp.Response response =
        connection.send(
            write.method(), write.path(), headers, write.body().getBytes(StandardCharsets.UTF_8));
    if (!SUCCESS.contains(response.status()) && !(acceptNotFound && response.status() == 404)) {
      throw new IOException(
          write.method()
              + " returned HTTP status "
              + response.status()
              + ": "
              + response.bodyStart());
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    for (RawHttp connection : connections) {
      connection.close();
    }
  }
}
