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
 * The floor of writing: as many connections as the sink writes at the same time, each with the next
 * request as soon as the last one is answered.
 */
final class RawWriter implements AutoCloseable {

  private static final Set<Integer> GOOD = Set.of(200, 201);

  private final List<RawHttp> connections = new ArrayList<>();
  private final ExecutorService threads;
  private final String headers;

  /** Connects, with the credentials of the client's configuration. */
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
   * @param missingIsGood whether 404 is an answer as good as any
   */
  void send(List<WriteRecorder.Write> writes, boolean missingIsGood)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (RawHttp connection : connections) {
      all.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement();
                    i < writes.size();
                    i = next.getAndIncrement()) {
                  send(connection, writes.get(i), missingIsGood);
                }
                return null;
              }));
    }
    try {
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("the floor could not write", e.getCause());
    }
  }

  private void send(RawHttp connection, WriteRecorder.Write write, boolean missingIsGood)
      throws IOException {
    RawHttp.Answer answer =
        connection.send(
            write.method(), write.path(), headers, write.body().getBytes(StandardCharsets.UTF_8));
    if (!GOOD.contains(answer.status()) && !(missingIsGood && answer.status() == 404)) {
      throw new IOException(
          write.method() + " was answered with " + answer.status() + ": " + answer.beginning());
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
