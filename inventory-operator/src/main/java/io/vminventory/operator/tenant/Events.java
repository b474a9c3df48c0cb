package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.k8s.sink.WritePermit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes events, so that {@code kubectl describe} tells what happened. A thread of its
 * own writes them in the order in which they came, so nobody waits for them. An event that cannot
 * be written, or that finds too many others waiting, is logged and forgotten: it never stops the
 * work that it tells of. A process that may not write records at the moment tells nothing either:
 * what it has to say is old, and another may have said it.
 *
 * <p>Thread-safe.
 */
public final class Events implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Events.class);

  private static final String COMPONENT = "vminventory-operator";

  /** What the API server takes as a message. */
  private static final int LONGEST = 1024;

  /** How many events may wait. */
  private static final int MOST_WAITING = 1_000;

  /** How long the last events may take at the end. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  enum Type {
    Normal,
    Warning
  }

  private final KubernetesClient client;
  private final InstantSource clock;
  private final WritePermit permit;
  private final ThreadPoolExecutor writer;

  /**
   * @param client may create events and get VM objects; stays the caller's
   * @param clock tells when something happened
   * @param permit asked before each write
   */
  public Events(KubernetesClient client, InstantSource clock, WritePermit permit) {
    this(client, clock, permit, MOST_WAITING);
  }

  Events(KubernetesClient client, InstantSource clock, WritePermit permit, int mostWaiting) {
    this.client = client;
    this.clock = clock;
    this.permit = permit;
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            work -> {
              Thread thread = new Thread(work, "events");
              thread.setDaemon(true);
              return thread;
            },
            (work, pool) -> log.warn("event not written, since too many wait: {}", work));
    writer.allowCoreThreadTimeOut(true);
  }

  /** Tells of an object that the caller has read. */
  void record(HasMetadata about, Type type, String reason, String message) {
    Instant now = clock.instant();
    writer.execute(new Work(reason, message, () -> write(about, type, reason, message, now)));
  }

  /** Tells of a VM object, unless it is gone when its turn comes. */
  void recordVm(String namespace, String name, String reason, String message) {
    Instant now = clock.instant();
    writer.execute(
        new Work(
            reason,
            name + ": " + message,
            () -> {
              VmResource vm =
                  client.resources(VmResource.class).inNamespace(namespace).withName(name).get();
              if (vm != null) {
                write(vm, Type.Normal, reason, message, now);
              }
            }));
  }

  /** An event that waits for its turn; it prints as what it tells. */
  private record Work(String reason, String message, Runnable write) implements Runnable {

    @Override
    public void run() {
      try {
        write.run();
      } catch (KubernetesClientException e) {
        log.warn("event not written: {}: {}", this, e.getMessage());
      }
    }

    @Override
    public String toString() {
      return reason + " " + message;
    }
  }

  private void write(HasMetadata about, Type type, String reason, String message, Instant when) {
    if (!permit.granted()) {
      log.debug(
          "event not written, because another process may be leading by now: {} {}",
          reason,
          message);
      return;
    }
    ObjectReference reference =
        new ObjectReferenceBuilder()
            .withApiVersion(about.getApiVersion())
            .withKind(about.getKind())
            .withNamespace(about.getMetadata().getNamespace())
            .withName(about.getMetadata().getName())
            .withUid(about.getMetadata().getUid())
            .build();
    String time = when.truncatedTo(ChronoUnit.SECONDS).toString();
    client
        .v1()
        .events()
        .inNamespace(reference.getNamespace())
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withGenerateName(prefix(reference.getName()))
                .withNamespace(reference.getNamespace())
                .endMetadata()
                .withInvolvedObject(reference)
                .withType(type.name())
                .withReason(reason)
                .withMessage(DisplayText.clean(message, LONGEST))
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build())
        .create();
  }

  /** A generated name must leave room for its random end. */
  private static String prefix(String name) {
    return (name.length() > 200 ? name.substring(0, 200) : name) + ".";
  }

  /** Writes what waits, if that is quick, and ends the thread. Later events are dropped. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        int dropped = writer.shutdownNow().size();
        log.debug("{} events not written at the end", dropped);
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
