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

/** Interceptor that records the writes of a client and counts its reads. Thread-safe. */
final class WriteRecorder implements Interceptor {

  /**
   * Write request.
   *
   * @param nanoTime when it was sent, by {@link System#nanoTime()}
   * @param path including the query
   * @param body empty if there is none
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

  /** Discards everything recorded so far. */
  void reset() {
    synchronized (writes) {
      writes.clear();
      reads = 0;
    }
  }

  /** Removes and returns the recorded writes. */
  List<Write> drainWrites() {
    synchronized (writes) {
      List<Write> drained = List.copyOf(writes);
      writes.clear();
      return drained;
    }
  }

  /** Waits for the first matching write that is recorded and not drained; empty if none in time. */
  Optional<Write> await(Predicate<Write> expected, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    synchronized (writes) {
      while (true) {
        Optional<Write> found = writes.stream().filter(expected).findFirst();
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (found.isPresent() || left <= 0) {
          return found;
        }
        writes.wait(left);
      }
    }
  }

  /** Returns the number of reads, and resets it. */
  int drainReads() {
    synchronized (writes) {
      int drained = reads;
      reads = 0;
      return drained;
    }
  }
}
