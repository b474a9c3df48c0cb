package io.vminventory.benchmark;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes down which requests a client sends, reads and writes apart. Thread-safe. */
final class WriteRecorder implements Interceptor {

  /**
   * A request that writes.
   *
   * @param nanoTime when it was sent
   * @param path with the query, if there is one
   * @param body empty if it has none
   */
  record Write(long nanoTime, String method, String path, String body) {}

  private final List<Write> writes = new ArrayList<>(); // guarded by itself
  private int reads; // guarded by writes

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    long now = System.nanoTime();
    synchronized (writes) {
      if (request.method().equals("GET")) {
        reads++;
      } else {
        String query = request.uri().getRawQuery();
        writes.add(
            new Write(
                now,
                request.method(),
                request.uri().getRawPath() + (query == null ? "" : "?" + query),
                Objects.requireNonNullElse(request.bodyString(), "")));
        writes.notifyAll();
      }
    }
  }

  /** Begins to write down anew. */
  void forget() {
    synchronized (writes) {
      writes.clear();
      reads = 0;
    }
  }

  /** What was written since this was last called. */
  List<Write> take() {
    synchronized (writes) {
      List<Write> taken = List.copyOf(writes);
      writes.clear();
      return taken;
    }
  }

  /**
   * The first such write since all were last taken or forgotten; empty if there is none in time.
   */
  Optional<Write> await(Predicate<Write> wanted, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    synchronized (writes) {
      while (true) {
        Optional<Write> found = writes.stream().filter(wanted).findFirst();
        long left = (end - System.nanoTime()) / 1_000_000;
        if (found.isPresent() || left <= 0) {
          return found;
        }
        writes.wait(left);
      }
    }
  }

  /** How many requests were reads since this was last called. */
  int takeReads() {
    synchronized (writes) {
      int taken = reads;
      reads = 0;
      return taken;
    }
  }
}
