package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many waiting sessions, each of which sees a small part of a large inventory. */
@Tag("slow")
class VcenterManyWaitsTest {

  private static final int SESSIONS = 600;
  private static final int MACHINES = 2_000;
  private static final int EACH_SEES = 3;

  private VcenterSimulator vcenter;
  private final List<CollectorClient> collectors = new ArrayList<>();
  private List<CompletableFuture<SoapClient.Response>> waits = List.of();

  @BeforeEach
  void start() throws Exception {
    VcenterBuilder builder =
        VcenterSimulator.builder()
            .withoutTls()
            .machines(MACHINES, i -> SimulatedMachine.named("m" + i).folder("/DC0/vm/f" + i % 50));
    for (int s = 0; s < SESSIONS; s++) {
      String[] names = new String[EACH_SEES];
      for (int i = 0; i < EACH_SEES; i++) {
        names[i] = "m" + (s * EACH_SEES + i);
      }
      builder.account("user" + s, "pass", Visibility.only(names));
    }
    vcenter = builder.start();
    SoapClient client = new SoapClient(vcenter);
    for (int s = 0; s < SESSIONS; s++) {
      CollectorClient collector = CollectorClient.of(client.another("user" + s, "pass"), "name");
      assertThat(collector.updates()).hasSize(EACH_SEES);
      collectors.add(collector);
    }
    vcenter.resetRequestCounts();
    waits = collectors.stream().map(CollectorClient::startWait).toList();
    Eventually.within(Duration.ofSeconds(30))
        .until(() -> vcenter.requests("WaitForUpdatesEx") == SESSIONS);
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void everyWaitGetsItsOwnUpdatesAndCanBeCancelled() throws Exception {
    assertThat(waits).noneMatch(CompletableFuture::isDone);
    vcenter.rename("m0", "zero");
    vcenter.rename("m" + (MACHINES - 1), "last");
    assertThat(CollectorClient.updates(waits.get(0).get(10, TimeUnit.SECONDS)))
        .containsExactly("leave vm-1");
    vcenter.reconfigure("m" + EACH_SEES, 3, 1024);
    assertThat(waits.subList(1, SESSIONS)).noneMatch(CompletableFuture::isDone);

    for (int s = 1; s < SESSIONS; s++) {
      collectors.get(s).call(s % 2 == 0 ? "CancelWaitForUpdates" : "DestroyPropertyCollector", "");
    }
    for (int s = 1; s < SESSIONS; s++) {
      assertThat(waits.get(s).get(10, TimeUnit.SECONDS).fault()).isEqualTo("RequestCanceled");
    }
  }

  /** Each woken wait would search the inventory under its lock. */
  @Test
  void changesWakeOnlyAffectedWaits() throws Exception {
    CompletableFuture<SoapClient.Response> first = waits.get(0);
    int received = 0;
    for (int i = 0; i < 300; i++) {
      vcenter.reconfigure("vm-" + MACHINES, i, 1024);
      vcenter.reconfigure("vm-1", i, 1024);
      vcenter.moveToHost("vm-" + MACHINES, i % 2 == 0 ? "C0-H0" : "H0");
      vcenter.repeatEnter("vm-1");
      SoapClient.Response response = first.get(10, TimeUnit.SECONDS);
      received += CollectorClient.updates(response).size();
      collectors.get(0).acknowledge(response);
      first = collectors.get(0).startWait();
    }

    assertThat(received).isEqualTo(300);
    assertThat(waits.subList(1, SESSIONS)).noneMatch(CompletableFuture::isDone);
  }
}
