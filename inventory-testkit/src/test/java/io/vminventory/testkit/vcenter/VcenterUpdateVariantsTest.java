package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peculiarities and failures of update sets that real servers show. */
@Tag("embedded")
class VcenterUpdateVariantsTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T00:00:00Z"));
  private VcenterSimulator vcenter;
  private SoapClient client;
  private CollectorClient collector;

  @BeforeEach
  void start() throws Exception {
    vcenter =
        VcenterSimulator.builder()
            .withoutTls()
            .clock(clock)
            .sessionIdleTimeout(Duration.ofMinutes(30))
            .machine(SimulatedMachine.named("a").folder("/DC0/vm/x").host("C0-H0").poweredOn())
            .machine(SimulatedMachine.named("b").folder("/DC0/vm/x/deep"))
            .account("user", "pass")
            .account("limited", "pass", Visibility.only("a", "b"))
            .denyContinueToRestrictedAccounts(true)
            .start();
    client = SoapClient.loggedIn(vcenter);
    collector = CollectorClient.of(client, "name", "guest.ipAddress");
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void updateSetsHoldAtMostOneHundredObjects() throws Exception {
    for (int i = 0; i < 148; i++) {
      vcenter.add(SimulatedMachine.named("m" + i));
    }

    SoapClient.Response first = collector.poll();
    assertThat(first.result().flagOf("truncated")).isTrue();
    assertThat(CollectorClient.updates(first)).hasSize(100);
    SoapClient.Response rest = collector.poll();
    assertThat(rest.result().flagOf("truncated")).isFalse();
    assertThat(CollectorClient.updates(rest)).hasSize(50);
    assertThat(collector.updates()).isEmpty();
  }

  @Test
  void movesCanBeReportedAsEnterAndLeave() throws Exception {
    collector.updates();
    vcenter.moveToFolder("a", "/DC0/vm/y");
    assertThat(collector.updates()).isEmpty();

    vcenter.reportMovesAsLeaveAndEnter(true);
    vcenter.moveToFolder("a", "/DC0/vm/x");
    assertThat(collector.updates()).containsExactly("enter vm-1 name=a", "leave vm-1");

    vcenter.renameFolder("/DC0/vm/y", "z");
    assertThat(collector.updates()).isEmpty();
    vcenter.moveFolder("/DC0/vm/x", "/DC0/vm/z");
    assertThat(collector.updates())
        .containsExactlyInAnyOrder(
            "enter vm-1 name=a", "leave vm-1", "enter vm-2 name=b", "leave vm-2");
    vcenter.rename("a", "c");
    assertThat(collector.updates()).containsExactly("modify vm-1 name=c");
  }

  @Test
  void enterIsRepeatedOnce() throws Exception {
    collector.updates();

    vcenter.repeatEnter("a");

    assertThat(collector.updates()).containsExactly("enter vm-1 name=a");
    assertThat(collector.updates()).isEmpty();
  }

  @Test
  void unsetPropertiesCanBeReported() throws Exception {
    vcenter.reportUnsetOnEnter(true);

    assertThat(collector.updates())
        .containsExactly(
            "enter vm-1 name=a guest.ipAddress=", "enter vm-2 name=b guest.ipAddress=");
  }

  @Test
  void invalidVersionsAreRejectedUntilTheClientStartsOver() throws Exception {
    collector.updates();
    vcenter.invalidateVersions();

    assertThat(collector.poll().fault()).isEqualTo("InvalidCollectorVersion");
    assertThat(collector.poll().fault()).isEqualTo("InvalidCollectorVersion");
    collector.startOver();
    assertThat(collector.updates()).hasSize(2);
    assertThat(collector.poll().fault()).isEmpty();
  }

  @Test
  void discardedCollectorsAreNotFoundAndTheSessionLives() throws Exception {
    collector.updates();
    CompletableFuture<SoapClient.Response> waiting = collector.startWait();
    Eventually.within(Duration.ofSeconds(10))
        .until(() -> vcenter.requests("WaitForUpdatesEx") == 2);

    vcenter.discardCollectors();

    assertThat(waiting.get(10, TimeUnit.SECONDS).fault())
        .isIn("RequestCanceled", "ManagedObjectNotFound");
    assertThat(collector.poll().fault()).isEqualTo("ManagedObjectNotFound");
    assertThat(client.names()).containsExactly("a", "b");
    assertThat(vcenter.sessions()).hasSize(1);
  }

  @Test
  void notAuthenticatedCanBeReportedPerProperty() throws Exception {
    vcenter.faults().inject("RetrievePropertiesEx", SimulatedFault.notAuthenticatedPerProperty());
    XmlElement object = SoapClient.objects(client.retrieveMachines(10, "name", "config")).get(0);
    assertThat(object.children("propSet")).isEmpty();
    assertThat(object.children("missingSet"))
        .extracting(CollectorClient::missingFault)
        .containsExactly("NotAuthenticated", "NotAuthenticated");

    collector.updates();
    vcenter.faults().inject("WaitForUpdatesEx", SimulatedFault.notAuthenticatedPerProperty());
    assertThat(collector.updates())
        .containsExactly(
            "modify vm-1 name!NotAuthenticated guest.ipAddress!NotAuthenticated",
            "modify vm-2 name!NotAuthenticated guest.ipAddress!NotAuthenticated");
    assertThat(collector.updates()).isEmpty();
  }

  @Test
  void restrictedAccountsGetNoFurtherPages() throws Exception {
    SoapClient limited = SoapClient.loggedIn(vcenter, "limited", "pass");
    String token = limited.retrieveMachines(1, "name").result().textOf("token");

    assertThat(limited.continueRead(token).fault()).isEqualTo("NoPermission");

    token = client.retrieveMachines(1, "name").result().textOf("token");
    assertThat(client.continueRead(token).status()).isEqualTo(200);
  }

  @Test
  void readOfNamedObjectsFailsIfOneIsGone() throws Exception {
    vcenter.remove("b");
    String objects =
        SoapClient.ref("obj", "VirtualMachine:vm-1")
            + "</objectSet><objectSet>"
            + SoapClient.ref("obj", "VirtualMachine:vm-2");
    String spec = SoapClient.spec("specSet", "VirtualMachine", objects, "name");

    for (String method : new String[] {"RetrieveProperties", "RetrievePropertiesEx"}) {
      SoapClient.Response response =
          client.call(method, "PropertyCollector:propertyCollector", spec + "<options/>");

      assertThat(response.fault()).isEqualTo("ManagedObjectNotFound");
      XmlElement named =
          response
              .element()
              .child("detail")
              .orElseThrow()
              .children()
              .get(0)
              .child("obj")
              .orElseThrow();
      assertThat(named.text()).isEqualTo("vm-2");
      assertThat(named.ref().kind()).isEqualTo("VirtualMachine");
    }
  }

  @Test
  void waitKeepsTheSessionAlive() throws Exception {
    collector.updates();
    CompletableFuture<SoapClient.Response> waiting = collector.startWait();
    Eventually.within(Duration.ofSeconds(10))
        .until(() -> vcenter.requests("WaitForUpdatesEx") == 2);
    clock.advance(Duration.ofHours(2));
    assertThat(vcenter.sessions()).hasSize(1);

    vcenter.rename("a", "c");

    assertThat(CollectorClient.updates(waiting.get(10, TimeUnit.SECONDS)))
        .containsExactly("modify vm-1 name=c");
    clock.advance(Duration.ofMinutes(29));
    assertThat(vcenter.sessions()).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void renamedEntitiesAreReported() throws Exception {
    CollectorClient entities = CollectorClient.ofKind("ManagedEntity", client, "name");
    while (entities.poll().result().flagOf("truncated")) {
      // The initial inventory.
    }
    String host = client.machine("vm-1", "runtime.host").text();

    vcenter.renameHost("C0-H0", "esx 1");
    assertThat(entities.updates()).containsExactly("modify " + host + " name=esx 1");
    vcenter.renameHost("H0", "alone");
    assertThat(entities.updates()).hasSize(2).allMatch(update -> update.endsWith(" name=alone"));
    vcenter.renameCluster("C0", "cluster");
    assertThat(entities.updates()).hasSize(1).allMatch(update -> update.endsWith(" name=cluster"));
    vcenter.renameDatacenter("/DC0", "Köln/1");
    assertThat(entities.updates()).hasSize(1).allMatch(update -> update.endsWith(" name=Köln%2f1"));
    vcenter.renameFolder("/Köln%2f1/vm/x", "ü");
    assertThat(entities.updates()).hasSize(1).allMatch(update -> update.endsWith(" name=ü"));

    assertThat(vcenter.machine("a").folder()).isEqualTo("/Köln%2f1/vm/ü");
    assertThat(vcenter.machine("a").host()).isEqualTo("esx 1");
    vcenter.moveToFolder("a", "/Köln%2f1/vm/ü/deep");
    assertThat(entities.updates()).isEmpty();
  }

  @Test
  void invalidRenamesAndMovesAreRejected() {
    assertThatThrownBy(() -> vcenter.renameFolder("/DC0/vm", "v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vcenter.renameFolder("/DC0/vm/none", "v"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vcenter.moveFolder("/DC0/vm/x", "/DC0/vm/x/deep"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vcenter.moveFolder("/DC0/vm/x", "/DC0/host"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vcenter.renameHost("C0-H0", "C0-H1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> vcenter.renameCluster("H0", "C"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
