package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class VcenterUpdatesTest {

  private VcenterSimulator vcenter;
  private SoapClient client;
  private CollectorClient collector;

  @BeforeEach
  void start() throws Exception {
    vcenter =
        VcenterSimulator.builder()
            .withoutTls()
            .machine(SimulatedMachine.named("a").poweredOn().ip("10.0.0.1"))
            .machine(SimulatedMachine.named("b"))
            .machine(SimulatedMachine.named("c"))
            .account("user", "pass", Visibility.where(m -> !m.name().startsWith("hidden")))
            .start();
    client = SoapClient.loggedIn(vcenter);
    collector = CollectorClient.of(client, "name", "runtime.powerState", "guest.ipAddress");
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void firstSetIsCompleteAndLaterSetsAreChanges() throws Exception {
    assertThat(collector.updates())
        .containsExactly(
            "enter vm-1 name=a runtime.powerState=poweredOn guest.ipAddress=10.0.0.1",
            "enter vm-2 name=b runtime.powerState=poweredOff",
            "enter vm-3 name=c runtime.powerState=poweredOff");
    SoapClient.Response none = collector.poll();
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.element().children()).isEmpty();
    vcenter.powerOff("a");
    vcenter.remove("b");
    vcenter.add(SimulatedMachine.named("d"));
    vcenter.reconfigure("c", 4, 4096);
    assertThat(collector.updates())
        .containsExactlyInAnyOrder(
            "leave vm-2",
            "modify vm-1 runtime.powerState=poweredOff guest.ipAddress=",
            "enter vm-4 name=d runtime.powerState=poweredOff");
  }

  @Test
  void hiddenMachinesLeaveAndShownMachinesEnter() throws Exception {
    collector.poll();
    vcenter.rename("a", "hidden-a");
    assertThat(collector.updates()).containsExactly("leave vm-1");
    vcenter.changeVisibility("user", Visibility.everything());
    assertThat(collector.updates())
        .singleElement()
        .asString()
        .startsWith("enter vm-1 name=hidden-a");
  }

  @Test
  void largeSetsAreTruncatedUntilTheLast() throws Exception {
    SoapClient.Response one = collector.poll(2);
    SoapClient.Response two = collector.poll(2);
    assertThat(CollectorClient.updates(one)).hasSize(2);
    assertThat(one.result().flagOf("truncated")).isTrue();
    assertThat(CollectorClient.updates(two)).hasSize(1);
    assertThat(two.result().flagOf("truncated")).isFalse();
    assertThat(collector.poll(2).element().children()).isEmpty();
  }

  @Test
  void exactlyFullSetIsNotTruncated() throws Exception {
    assertThat(collector.poll(3).result().flagOf("truncated")).isFalse();
  }

  @Test
  void lostResponseIsRepeated() throws Exception {
    collector.poll();
    String version = collector.version();
    vcenter.powerOn("b");
    vcenter.remove("c");
    List<String> lost = CollectorClient.updates(collector.pollSince(version));
    assertThat(CollectorClient.updates(collector.pollSince(version))).isEqualTo(lost).hasSize(2);
    assertThat(collector.pollSince("17").fault()).isEqualTo("InvalidCollectorVersion");
    assertThat(CollectorClient.updates(collector.pollSince("")))
        .hasSize(2)
        .allMatch(update -> update.startsWith("enter"));
  }

  @Test
  void waitEndsWithTheFirstChange() throws Exception {
    collector.poll();
    CompletableFuture<SoapClient.Response> waiting = collector.startWait();
    vcenter.powerOn("c");
    assertThat(CollectorClient.updates(waiting.get(30, TimeUnit.SECONDS)))
        .containsExactly("modify vm-3 runtime.powerState=poweredOn");
  }

  @Test
  void waitIsCancelledByAnotherCall() throws Exception {
    collector.poll();
    CompletableFuture<SoapClient.Response> waiting = collector.startWait();
    // The server counts a wait before it starts, so one cancellation can come too early.
    Eventually.within(Duration.ofSeconds(30))
        .until(
            () -> {
              collector.cancelWait();
              return waiting.isDone();
            });
    assertThat(waiting.get(30, TimeUnit.SECONDS).fault()).isEqualTo("RequestCanceled");
  }

  @Test
  void endOfTheSessionEndsTheWait() throws Exception {
    collector.poll();
    CompletableFuture<SoapClient.Response> waiting = collector.startWait();
    vcenter.endSessions();
    assertThat(waiting.get(30, TimeUnit.SECONDS).fault())
        .isIn("NotAuthenticated", "RequestCanceled");
  }

  @Test
  void destroyedFilterReportsNothing() throws Exception {
    CollectorClient other = CollectorClient.withoutFilter(client);
    String filter = other.addFilter("VirtualMachine", "name");
    other.poll();
    client.call("DestroyPropertyFilter", filter, "");
    vcenter.rename("a", "z");
    assertThat(other.poll().element().children()).isEmpty();
    assertThat(client.call("DestroyPropertyFilter", filter, "").fault())
        .isEqualTo("ManagedObjectNotFound");
  }

  @Test
  void destroyedCollectorIsNotFound() throws Exception {
    collector.call("DestroyPropertyCollector", "");
    assertThat(collector.poll().fault()).isEqualTo("ManagedObjectNotFound");
    assertThat(vcenter.sessions().get(0).collectors()).isZero();
  }
}
