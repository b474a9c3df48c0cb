package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class VcenterSessionTest {

  private static VcenterBuilder withoutTls() {
    return VcenterSimulator.builder().withoutTls();
  }

  @Test
  void loginOpensASessionAndLogoutEndsIt() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().start()) {
      SoapClient client = SoapClient.loggedIn(vcenter);
      assertThat(vcenter.sessions()).extracting(SimulatedSession::user).containsExactly("user");

      assertThat(client.logout().status()).isEqualTo(200);

      assertThat(vcenter.sessions()).isEmpty();
      assertThat(client.logout().fault()).isEqualTo("NotAuthenticated");
      assertThat(vcenter.requests()).containsEntry("Login", 1).containsEntry("Logout", 2);
    }
  }

  @Test
  void wrongPasswordAndUnknownUserAreInvalidLogins() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().start()) {
      SoapClient client = new SoapClient(vcenter);

      assertThat(client.login("user", "wrong").fault()).isEqualTo("InvalidLogin");
      assertThat(client.login("unknown", "pass").fault()).isEqualTo("InvalidLogin");
      assertThat(client.login("user", "wrong").status()).isEqualTo(500);
      assertThat(vcenter.sessions()).isEmpty();
    }
  }

  @Test
  void changedPasswordAppliesToTheNextLogin() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().start()) {
      SoapClient open = SoapClient.loggedIn(vcenter);

      vcenter.changePassword("user", "new");

      assertThat(open.names()).isEmpty();
      assertThat(new SoapClient(vcenter).login("user", "pass").fault()).isEqualTo("InvalidLogin");
      assertThat(new SoapClient(vcenter).login("user", "new").status()).isEqualTo(200);
    }
  }

  @Test
  void onlyServiceContentNeedsNoLogin() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().version("7.0.3").start()) {
      SoapClient client = new SoapClient(vcenter);

      XmlElement about =
          client
              .call("RetrieveServiceContent", "ServiceInstance:ServiceInstance", "")
              .result()
              .child("about")
              .orElseThrow();

      assertThat(about.textOf("instanceUuid")).isEqualTo(vcenter.instanceUuid());
      assertThat(about.textOf("apiType")).isEqualTo("VirtualCenter");
      assertThat(about.textOf("apiVersion")).isEqualTo("7.0.3.0");
      assertThat(client.call("CurrentTime", "ServiceInstance:ServiceInstance", "").fault())
          .isEqualTo("NotAuthenticated");
      assertThat(client.call("NoSuchMethod", "Folder:group-d1", "").fault())
          .isEqualTo("InvalidRequest");
    }
  }

  @Test
  void sessionObjectsEndWithTheSession() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().start()) {
      SoapClient client = SoapClient.loggedIn(vcenter);
      String view = client.view();
      assertThat(vcenter.sessions().get(0).views()).isEqualTo(1);

      vcenter.endSessions();

      assertThat(client.call("DestroyView", view, "").fault()).isEqualTo("NotAuthenticated");
      SoapClient next = SoapClient.loggedIn(vcenter);
      assertThat(next.call("DestroyView", view, "").fault()).isEqualTo("ManagedObjectNotFound");
    }
  }

  @Test
  void idleSessionsEndAndUsedOnesDoNot() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    try (VcenterSimulator vcenter =
        withoutTls().clock(now::get).sessionIdleTimeout(Duration.ofMinutes(30)).start()) {
      SoapClient client = SoapClient.loggedIn(vcenter);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(20)));
      assertThat(client.names()).isEmpty();
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(20)));
      assertThat(client.names()).isEmpty();

      now.updateAndGet(time -> time.plus(Duration.ofMinutes(31)));

      assertThat(vcenter.sessions()).isEmpty();
      assertThat(client.logout().fault()).isEqualTo("NotAuthenticated");
    }
  }

  @Test
  void loginBeyondTheLimitOfSessionsIsStatus503() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().sessionLimit(1).start()) {
      SoapClient first = SoapClient.loggedIn(vcenter);

      assertThat(new SoapClient(vcenter).post(login()).statusCode()).isEqualTo(503);

      first.logout();
      assertThat(new SoapClient(vcenter).post(login()).statusCode()).isEqualTo(200);
    }
  }

  private static String login() {
    return "<Envelope><Body><Login><userName>user</userName><password>pass</password></Login>"
        + "</Body></Envelope>";
  }

  @Test
  void sessionListNamesAllSessionsAndTheCurrentOne() throws Exception {
    try (VcenterSimulator vcenter = withoutTls().start()) {
      SoapClient one = SoapClient.loggedIn(vcenter);
      SoapClient two = SoapClient.loggedIn(vcenter);

      XmlElement manager =
          SoapClient.objects(
                  two.retrieve(
                      SoapClient.objectSpec(
                          "specSet",
                          "SessionManager:SessionManager",
                          "SessionManager",
                          "sessionList",
                          "currentSession"),
                      ""))
              .get(0);

      XmlElement list = SoapClient.value(manager, "sessionList").orElseThrow();
      assertThat(list.children("UserSession")).hasSize(2);
      String key = SoapClient.value(manager, "currentSession").orElseThrow().textOf("key");
      assertThat(key).isEqualTo(vcenter.sessions().get(1).key());

      one.call(
          "TerminateSession",
          "SessionManager:SessionManager",
          "<sessionId>" + key + "</sessionId>");
      assertThat(two.logout().fault()).isEqualTo("NotAuthenticated");
    }
  }

  @Test
  void restartKeepsPortAndMachinesAndEndsSessions() throws Exception {
    try (VcenterSimulator vcenter =
        VcenterSimulator.builder().machine(SimulatedMachine.named("web-1")).start()) {
      SoapClient client = SoapClient.loggedIn(vcenter);
      int port = vcenter.port();

      vcenter.stop();
      assertThatThrownBy(client::logout).isInstanceOf(IOException.class);
      vcenter.start();

      assertThat(vcenter.port()).isEqualTo(port);
      assertThat(client.logout().fault()).isEqualTo("NotAuthenticated");
      assertThat(SoapClient.loggedIn(vcenter).names()).containsExactly("web-1");
    }
  }
}
