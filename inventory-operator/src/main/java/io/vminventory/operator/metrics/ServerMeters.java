package io.vminventory.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of one configured server; they live as long as the process. Thread-safe. */
final class ServerMeters {

  private static final Duration[] LAG_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final AtomicInteger sessions = new AtomicInteger();
  private final AtomicInteger loggingIn = new AtomicInteger();
  private final AtomicInteger reading = new AtomicInteger();
  private final Timer lag;

  ServerMeters(String server, MeterRegistry registry) {
    Tags tags = Tags.of("server", server);
    Gauge.builder("vminventory.server.sessions.open", sessions, AtomicInteger::get)
        .description("Sessions that are logged in")
        .tags(tags)
        .register(registry);
    waiting("login", loggingIn, tags, registry);
    waiting("read", reading, tags, registry);
    lag =
        Timer.builder("vminventory.server.change.lag")
            .description("Time from the server's report of a change to the write of its record")
            .serviceLevelObjectives(LAG_BUCKETS)
            .tags(tags)
            .register(registry);
  }

  private static void waiting(
      String step, AtomicInteger threads, Tags tags, MeterRegistry registry) {
    Gauge.builder("vminventory.server.waiting.threads", threads, AtomicInteger::get)
        .description("Threads in a login or a complete read, or waiting for one")
        .tags(tags.and("step", step))
        .register(registry);
  }

  /** Number of open sessions. */
  AtomicInteger sessions() {
    return sessions;
  }

  /** Number of threads that log in, or wait for the server's limits to let them. */
  AtomicInteger loggingIn() {
    return loggingIn;
  }

  /** Number of threads that read everything, or wait for the server's limits to let them. */
  AtomicInteger reading() {
    return reading;
  }

  void recordLag(Duration time) {
    lag.record(time);
  }
}
