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

/** What real servers do when they tell of changes, and what goes wrong with it. */
@Tag("embedded")
class VcenterNewsTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T00:00:00Z"));
  private VcenterSimulator vcenter;
  private SoapClient client;
  private Waiter waiter;

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
    waiter = Waiter.of(client, "name", "guest.ipAddress");
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void atMostOneHundredObjectsAreToldAtOnce() throws Exception {
    for (int i = 0; i < 148; i++) {
      vcenter.add(SimulatedMachine.named("m" + i));
    }

    SoapClient.Reply first = waiter.check();
    assertThat(first.result().flagOf("truncated")).isTrue();
    assertThat(Waiter.news(first)).hasSize(100);
    SoapClient.Reply rest = waiter.check();
    assertThat(rest.result().flagOf("truncated")).isFalse();
    assertThat(Waiter.news(rest)).hasSize(50);
    assertThat(waiter.news()).isEmpty();
  }

  @Test
  void moveIsToldAsEnterAndLeaveIfWanted() throws Exception {
    waiter.news();
    vcenter.moveToFolder("a", "/DC0/vm/y");
    assertThat(waiter.news()).isEmpty();

    vcenter.reportMovesAsLeaveAndEnter(true);
    vcenter.moveToFolder("a", "/DC0/vm/x");
    assertThat(waiter.news()).containsExactly("enter vm-1 name=a", "leave vm-1");

    vcenter.renameFolder("/DC0/vm/y", "z");
    assertThat(waiter.news()).isEmpty();
    vcenter.moveFolder("/DC0/vm/x", "/DC0/vm/z");
    assertThat(waiter.news())
        .containsExactlyInAnyOrder(
            "enter vm-1 name=a", "leave vm-1", "enter vm-2 name=b", "leave vm-2");
    vcenter.rename("a", "c");
    assertThat(waiter.news()).containsExactly("modify vm-1 name=c");
  }

  @Test
  void enterIsRepeatedOnce() throws Exception {
    waiter.news();

    vcenter.repeatEnter("a");

    assertThat(waiter.news()).containsExactly("enter vm-1 name=a");
    assertThat(waiter.news()).isEmpty();
  }

  @Test
  void unsetPropertiesAreToldIfWanted() throws Exception {
    vcenter.reportUnsetOnEnter(true);

    assertThat(waiter.news())
        .containsExactly(
            "enter vm-1 name=a guest.ipAddress=", "enter vm-2 name=b guest.ipAddress=");
  }

  @Test
  void invalidVersionsAreRefusedUntilAClientStartsAnew() throws Exception {
    waiter.news();
    vcenter.invalidateVersions();

    assertThat(waiter.check().fault()).isEqualTo("InvalidCollectorVersion");
    assertThat(waiter.check().fault()).isEqualTo("InvalidCollectorVersion");
    waiter.forget();
    assertThat(waiter.news()).hasSize(2);
    assertThat(waiter.check().fault()).isEmpty();
  }

  @Test
  void forgottenCollectorsAreNotFoundAndTheSessionLives() throws Exception {
    waiter.news();
    CompletableFuture<SoapClient.Reply> waiting = waiter.waitForNews();
    Eventually.within(Duration.ofSeconds(10))
        .until(() -> vcenter.requests("WaitForUpdatesEx") == 2);

    vcenter.discardCollectors();

    assertThat(waiting.get(10, TimeUnit.SECONDS).fault())
        .isIn("RequestCanceled", "ManagedObjectNotFound");
    assertThat(waiter.check().fault()).isEqualTo("ManagedObjectNotFound");
    assertThat(client.names()).containsExactly("a", "b");
    assertThat(vcenter.sessions()).hasSize(1);
  }

  @Test
  void endOfTheSessionMayBeToldInsteadOfProperties() throws Exception {
    vcenter.faults().inject("RetrievePropertiesEx", SimulatedFault.notAuthenticatedPerProperty());
    XmlElement object = SoapClient.objects(client.retrieveMachines(10, "name", "config")).get(0);
    assertThat(object.children("propSet")).isEmpty();
    assertThat(object.children("missingSet"))
        .extracting(Waiter::missingFault)
        .containsExactly("NotAuthenticated", "NotAuthenticated");

    waiter.news();
    vcenter.faults().inject("WaitForUpdatesEx", SimulatedFault.notAuthenticatedPerProperty());
    assertThat(waiter.news())
        .containsExactly(
            "modify vm-1 name!NotAuthenticated guest.ipAddress!NotAuthenticated",
            "modify vm-2 name!NotAuthenticated guest.ipAddress!NotAuthenticated");
    assertThat(waiter.news()).isEmpty();
  }

  @Test
  void limitedAccountsGetNoFurtherPages() throws Exception {
    SoapClient limited = SoapClient.loggedIn(vcenter, "limited", "pass");
    String token = limited.retrieveMachines(1, "name").result().textOf("token");

    assertThat(limited.more(token).fault()).isEqualTo("NoPermission");

    token = client.retrieveMachines(1, "name").result().textOf("token");
    assertThat(client.more(token).status()).isEqualTo(200);
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
      SoapClient.Reply reply =
          client.call(method, "PropertyCollector:propertyCollector", spec + "<options/>");

      assertThat(reply.fault()).isEqualTo("ManagedObjectNotFound");
      XmlElement named =
          reply
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
    waiter.news();
    CompletableFuture<SoapClient.Reply> waiting = waiter.waitForNews();
    Eventually.within(Duration.ofSeconds(10))
        .until(() -> vcenter.requests("WaitForUpdatesEx") == 2);
    clock.advance(Duration.ofHours(2));
    assertThat(vcenter.sessions()).hasSize(1);

    vcenter.rename("a", "c");

    assertThat(Waiter.news(waiting.get(10, TimeUnit.SECONDS)))
        .containsExactly("modify vm-1 name=c");
    clock.advance(Duration.ofMinutes(29));
    assertThat(vcenter.sessions()).hasSize(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void renamedPlacesAreTold() throws Exception {
    Waiter places = Waiter.ofKind("ManagedEntity", client, "name");
    while (places.check().result().flagOf("truncated")) {
      // Whatever is there at the start.
    }
    String host = client.machine("vm-1", "runtime.host").text();

    vcenter.renameHost("C0-H0", "esx 1");
    assertThat(places.news()).containsExactly("modify " + host + " name=esx 1");
    vcenter.renameHost("H0", "alone");
    assertThat(places.news()).hasSize(2).allMatch(update -> update.endsWith(" name=alone"));
    vcenter.renameCluster("C0", "cluster");
    assertThat(places.news()).hasSize(1).allMatch(update -> update.endsWith(" name=cluster"));
    vcenter.renameDatacenter("/DC0", "Köln/1");
    assertThat(places.news()).hasSize(1).allMatch(update -> update.endsWith(" name=Köln%2f1"));
    vcenter.renameFolder("/Köln%2f1/vm/x", "ü");
    assertThat(places.news()).hasSize(1).allMatch(update -> update.endsWith(" name=ü"));

    assertThat(vcenter.machine("a").folder()).isEqualTo("/Köln%2f1/vm/ü");
    assertThat(vcenter.machine("a").host()).isEqualTo("esx 1");
    vcenter.moveToFolder("a", "/Köln%2f1/vm/ü/deep");
    assertThat(places.news()).isEmpty();
  }

  @Test
  void placesAreNotRenamedOrMovedToWhereTheyCannotBe() {
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
