package io.vminventory.operator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one configured server, for as long as the process lives. Thread-safe. */
final class ServerMeters {

  private static final Duration[] LAGS = {
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
            .description("From when the server told of a change to when its record was written")
            .serviceLevelObjectives(LAGS)
            .tags(tags)
            .register(registry);
  }

  private static void waiting(
      String step, AtomicInteger threads, Tags tags, MeterRegistry registry) {
    Gauge.builder("vminventory.server.waiting.threads", threads, AtomicInteger::get)
        .description("Threads that wait for a login or for a complete read to come in")
        .tags(tags.and("step", step))
        .register(registry);
  }

  /** How many sessions are open. */
  AtomicInteger sessions() {
    return sessions;
  }

  /** How many threads are about to log in, or wait until they may. */
  AtomicInteger loggingIn() {
    return loggingIn;
  }

  /** How many threads read everything, or wait until they may. */
  AtomicInteger reading() {
    return reading;
  }

  void written(Duration after) {
    lag.record(after);
  }
}
