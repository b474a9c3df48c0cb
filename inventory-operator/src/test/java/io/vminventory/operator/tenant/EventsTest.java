package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.MirrorListener.ReadKind;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.ManualClock;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("slow")
class EventsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final InventoryProvider NOWHERE =
      (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final TenantResource tenant = TenantYaml.tenant("");

  EventsTest() {
    CustomResourceDefinitions.all().forEach(kubernetes::install);
  }

  @AfterEach
  void tearDown() {
    kubernetes.close();
  }

  @Test
  void eventsAreWrittenInOrderAndNeverBlockTheCaller() {
    kubernetes
        .faults()
        .inject(Fault.delay(Duration.ofSeconds(3)).verb("create").resource("events"));
    try (Events events = new Events(kubernetes.client(), clock, WritePermit.ALWAYS)) {
      long began = System.nanoTime();
      IntStream.range(0, 10).forEach(i -> record(events, i));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
      awaitWritten(10);
    }
    assertThat(messages())
        .containsExactlyElementsOf(IntStream.range(0, 10).mapToObj(i -> "event " + i).toList());
  }

  @Test
  void eventsAreDroppedWhileTheQueueIsFull() {
    kubernetes
        .faults()
        .inject(Fault.delay(Duration.ofSeconds(1)).verb("create").resource("events"));
    try (Events events = new Events(kubernetes.client(), clock, WritePermit.ALWAYS, 2)) {
      IntStream.range(0, 50).forEach(i -> record(events, i));
      awaitWritten(3);
      record(events, 50);
      Eventually.within(TIMEOUT).until(() -> messages().contains("event 50"));
    }
    assertThat(messages()).containsExactly("event 0", "event 1", "event 2", "event 50");
  }

  @Test
  void aRejectedEventStopsNoOther() {
    kubernetes.faults().inject(Fault.status(403).verb("create").resource("events"));
    try (Events events = new Events(kubernetes.client(), clock, WritePermit.ALWAYS)) {
      record(events, 0);
      record(events, 1);
      awaitWritten(1);
    }
    assertThat(messages()).containsExactly("event 1");
  }

  @Test
  void noEventIsWrittenWithoutThePermit() {
    AtomicInteger asked = new AtomicInteger();
    WritePermit onlyForTheFirst = () -> asked.getAndIncrement() == 0;
    try (Events events = new Events(kubernetes.client(), clock, onlyForTheFirst)) {
      IntStream.range(0, 3).forEach(i -> record(events, i));
      Eventually.within(TIMEOUT).until(() -> asked.get() == 3);
    }
    assertThat(messages()).containsExactly("event 0");
  }

  @Test
  void closeDropsSlowEventsAndEndsTheThread() {
    kubernetes
        .faults()
        .inject(Fault.delay(Duration.ofSeconds(5)).verb("create").resource("events").times(9));
    Events events = new Events(kubernetes.client(), clock, WritePermit.ALWAYS);
    IntStream.range(0, 9).forEach(i -> record(events, i));
    long began = System.nanoTime();
    events.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
    record(events, 9);
    assertThat(messages()).doesNotContain("event 9");
  }

  @Test
  void eventsOfAFlappingMachineAreRateLimited() {
    try (Events events = new Events(kubernetes.client(), clock, WritePermit.ALWAYS)) {
      TenantReporter reporter = new TenantReporter(tenant, events, id -> {}, clock);
      MirrorSpec spec =
          new MirrorSpec(
              new Tenant(new TenantId("default", "test"), "user", Secret.of("s"), "default"),
              NOWHERE,
              SyncMode.WATCH,
              Duration.ofHours(1),
              Set.of(),
              0);
      SinkResult gone =
          new SinkResult(List.of(new SinkResult.Write(Kind.DELETED, "a", "a")), 0, 0, List.of());
      for (int i = 0; i < 100; i++) {
        reporter.applied(spec, ReadKind.INCREMENTAL, false, gone);
      }
      awaitWritten(20);
      clock.advance(Duration.ofSeconds(12));
      for (int i = 0; i < 100; i++) {
        reporter.applied(spec, ReadKind.INCREMENTAL, false, gone);
      }
      record(events, 0);
      Eventually.within(TIMEOUT).until(() -> messages().contains("event 0"));
      assertThat(written()).hasSize(23);
    }
  }

  private void record(Events events, int number) {
    events.record(tenant, Events.Type.Normal, Reason.Changed, "event " + number);
  }

  private void awaitWritten(int count) {
    Eventually.within(TIMEOUT).until(() -> written().size() == count);
  }

  /** In the order in which they were created. */
  private List<Event> written() {
    return kubernetes.client().v1().events().inNamespace("default").list().getItems().stream()
        .sorted(
            Comparator.comparing(
                event -> Integer.valueOf(event.getMetadata().getResourceVersion())))
        .toList();
  }

  private List<String> messages() {
    return written().stream().map(Event::getMessage).toList();
  }
}
