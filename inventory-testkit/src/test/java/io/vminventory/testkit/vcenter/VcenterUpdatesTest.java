package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
  private String collector;

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
    collector =
        "PropertyCollector:"
            + client
                .call("CreatePropertyCollector", "PropertyCollector:propertyCollector", "")
                .result()
                .text();
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  private void filter() throws Exception {
    String spec =
        SoapClient.viewSpec(
            "spec",
            client.view(),
            "VirtualMachine",
            "name",
            "runtime.powerState",
            "guest.ipAddress");
    assertThat(
            client.call("CreateFilter", collector, spec + "<partialUpdates>false</partialUpdates>"))
        .extracting(SoapClient.Reply::status)
        .isEqualTo(200);
  }

  private SoapClient.Reply check(String version) throws Exception {
    return check(version, 0);
  }

  private SoapClient.Reply check(String version, int max) throws Exception {
    return client.call("WaitForUpdatesEx", collector, arguments(version, 0, max));
  }

  private static String arguments(String version, int seconds, int max) {
    return "<version>"
        + version
        + "</version><options><maxWaitSeconds>"
        + seconds
        + "</maxWaitSeconds>"
        + (max == 0 ? "" : "<maxObjectUpdates>" + max + "</maxObjectUpdates>")
        + "</options>";
  }

  /** Each update as {@code kind id path=value ...}. */
  private static List<String> news(SoapClient.Reply reply) {
    List<String> news = new ArrayList<>();
    for (XmlElement set : reply.element().children()) {
      for (XmlElement filterSet : set.children("filterSet")) {
        for (XmlElement object : filterSet.children("objectSet")) {
          StringBuilder text =
              new StringBuilder(object.textOf("kind") + " " + object.textOf("obj"));
          for (XmlElement change : object.children("changeSet")) {
            text.append(" ").append(change.textOf("name")).append("=").append(change.textOf("val"));
          }
          news.add(text.toString());
        }
      }
    }
    return news;
  }

  private static String version(SoapClient.Reply reply) {
    return reply.result().textOf("version");
  }

  @Test
  void firstSetIsAllAndLaterSetsAreChanges() throws Exception {
    filter();

    SoapClient.Reply first = check("");
    assertThat(news(first))
        .containsExactly(
            "enter vm-1 name=a runtime.powerState=poweredOn guest.ipAddress=10.0.0.1",
            "enter vm-2 name=b runtime.powerState=poweredOff",
            "enter vm-3 name=c runtime.powerState=poweredOff");
    SoapClient.Reply none = check(version(first));
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.element().children()).isEmpty();

    vcenter.powerOff("a");
    vcenter.remove("b");
    vcenter.add(SimulatedMachine.named("d"));
    vcenter.reconfigure("c", 4, 4096);

    assertThat(news(check(version(first))))
        .containsExactlyInAnyOrder(
            "leave vm-2",
            "modify vm-1 runtime.powerState=poweredOff guest.ipAddress=",
            "enter vm-4 name=d runtime.powerState=poweredOff");
  }

  @Test
  void machineThatIsHiddenLeavesAndOneThatIsShownEnters() throws Exception {
    filter();
    String version = version(check(""));

    vcenter.rename("a", "hidden-a");
    SoapClient.Reply left = check(version);
    vcenter.changeVisibility("user", Visibility.everything());
    SoapClient.Reply entered = check(version(left));

    assertThat(news(left)).containsExactly("leave vm-1");
    assertThat(news(entered)).hasSize(1).first().asString().startsWith("enter vm-1 name=hidden-a");
  }

  @Test
  void largeSetsAreTruncatedUntilTheLast() throws Exception {
    filter();

    SoapClient.Reply one = check("", 2);
    SoapClient.Reply two = check(version(one), 2);

    assertThat(news(one)).hasSize(2);
    assertThat(one.result().flagOf("truncated")).isTrue();
    assertThat(news(two)).hasSize(1);
    assertThat(two.result().flagOf("truncated")).isFalse();
    assertThat(check(version(two), 2).element().children()).isEmpty();
  }

  @Test
  void setThatIsJustFullIsNotTruncated() throws Exception {
    filter();

    assertThat(check("", 3).result().flagOf("truncated")).isFalse();
  }

  @Test
  void lostAnswerIsToldAgain() throws Exception {
    filter();
    String version = version(check(""));
    vcenter.powerOn("b");
    vcenter.remove("c");
    List<String> lost = news(check(version));

    assertThat(news(check(version))).isEqualTo(lost).hasSize(2);
    assertThat(check("17").fault()).isEqualTo("InvalidCollectorVersion");
    assertThat(news(check(""))).hasSize(2).allMatch(update -> update.startsWith("enter"));
  }

  @Test
  void waitEndsWithTheFirstChange() throws Exception {
    filter();
    String version = version(check(""));
    CompletableFuture<SoapClient.Reply> waiting =
        client.start("WaitForUpdatesEx", collector, arguments(version, 600, 0));

    vcenter.powerOn("c");

    assertThat(news(waiting.get(30, TimeUnit.SECONDS)))
        .containsExactly("modify vm-3 runtime.powerState=poweredOn");
  }

  @Test
  void waitIsCancelledByAnotherCall() throws Exception {
    filter();
    String version = version(check(""));
    CompletableFuture<SoapClient.Reply> waiting =
        client.start("WaitForUpdatesEx", collector, arguments(version, 600, 0));

    do {
      client.call("CancelWaitForUpdates", collector, "");
    } while (!waiting.isDone());

    assertThat(waiting.get(30, TimeUnit.SECONDS).fault()).isEqualTo("RequestCanceled");
  }

  @Test
  void endOfTheSessionEndsTheWait() throws Exception {
    filter();
    String version = version(check(""));
    CompletableFuture<SoapClient.Reply> waiting =
        client.start("WaitForUpdatesEx", collector, arguments(version, 600, 0));

    vcenter.endSessions();

    assertThat(waiting.get(30, TimeUnit.SECONDS).fault())
        .isIn("NotAuthenticated", "RequestCanceled");
  }

  @Test
  void destroyedFilterTellsNothingMore() throws Exception {
    String spec = SoapClient.viewSpec("spec", client.view(), "VirtualMachine", "name");
    String filter = client.call("CreateFilter", collector, spec).result().text();
    String version = version(check(""));

    client.call("DestroyPropertyFilter", "PropertyFilter:" + filter, "");
    vcenter.rename("a", "z");

    assertThat(check(version).element().children()).isEmpty();
    assertThat(client.call("DestroyPropertyFilter", "PropertyFilter:" + filter, "").fault())
        .isEqualTo("ManagedObjectNotFound");
  }

  @Test
  void destroyedCollectorIsNotFound() throws Exception {
    client.call("DestroyPropertyCollector", collector, "");

    assertThat(check("").fault()).isEqualTo("ManagedObjectNotFound");
    assertThat(vcenter.sessions().get(0).collectors()).isZero();
  }
}
