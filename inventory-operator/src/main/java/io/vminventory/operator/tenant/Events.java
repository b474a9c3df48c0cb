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
import io.vminventory.operator.kube.Reason;
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
 * Writer of Kubernetes events, for {@code kubectl describe}. Events are queued and written in order
 * by one thread, so callers never wait. An event that cannot be written, or finds the queue full,
 * is logged and dropped: events never stop the work that they report. While this process has no
 * permit to write, its events are dropped too: they are old, and the leader has reported them.
 *
 * <p>Thread-safe.
 */
public final class Events implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Events.class);

  private static final String COMPONENT = "vminventory-operator";

  /** The API server's limit. */
  private static final int MAX_MESSAGE_LENGTH = 1024;

  private static final int QUEUE_CAPACITY = 1_000;

  /** Bound of {@link #close}. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  enum Type {
    Normal,
    Warning
  }

  private final KubernetesClient client;
  private final InstantSource clock;
  private final WritePermit permit;
  private final ThreadPoolExecutor writer;

  /**
   * @param client creates events and gets VM objects; stays open
   * @param clock the time of an event is when it is recorded
   * @param permit checked before each write
   */
  public Events(KubernetesClient client, InstantSource clock, WritePermit permit) {
    this(client, clock, permit, QUEUE_CAPACITY);
  }

  Events(KubernetesClient client, InstantSource clock, WritePermit permit, int queueCapacity) {
    this.client = client;
    this.clock = clock;
    this.permit = permit;
    this.writer =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            work -> {
              Thread thread = new Thread(work, "events");
              thread.setDaemon(true);
              return thread;
            },
            (work, pool) -> log.warn("event dropped, because the queue is full: {}", work));
    writer.allowCoreThreadTimeOut(true);
  }

  /** Records an event about an object that the caller has read. */
  void record(HasMetadata about, Type type, Reason reason, String message) {
    Instant now = clock.instant();
    writer.execute(
        new QueuedEvent(reason, message, () -> write(about, type, reason, message, now)));
  }

  /** Records an event about a VM object; dropped if that is gone when the event is written. */
  void recordVm(String namespace, String name, Reason reason, String message) {
    Instant now = clock.instant();
    writer.execute(
        new QueuedEvent(
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

  /** Queued event; prints as reason and message. */
  private record QueuedEvent(Reason reason, String message, Runnable write) implements Runnable {

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

  private void write(HasMetadata about, Type type, Reason reason, String message, Instant when) {
    if (!permit.granted()) {
      log.debug(
          "event dropped, because another process may be leading by now: {} {}", reason, message);
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
                .withGenerateName(namePrefix(reference.getName()))
                .withNamespace(reference.getNamespace())
                .endMetadata()
                .withInvolvedObject(reference)
                .withType(type.name())
                .withReason(reason.name())
                .withMessage(DisplayText.clean(message, MAX_MESSAGE_LENGTH))
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

  /** Leaves room for the random suffix of a generated name. */
  private static String namePrefix(String name) {
    return (name.length() > 200 ? name.substring(0, 200) : name) + ".";
  }

  /** Writes queued events within a second, and ends the thread. Later events are dropped. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        int dropped = writer.shutdownNow().size();
        log.debug("{} events dropped at the end", dropped);
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
