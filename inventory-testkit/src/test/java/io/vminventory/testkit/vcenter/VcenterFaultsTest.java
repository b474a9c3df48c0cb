package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("embedded")
class VcenterFaultsTest {

  private static final String NOW = "ServiceInstance:ServiceInstance";

  private VcenterSimulator vcenter;
  private SoapClient client;

  @BeforeEach
  void start() throws Exception {
    vcenter = VcenterSimulator.builder().machines(50, i -> SimulatedMachine.named("m" + i)).start();
    client = SoapClient.loggedIn(vcenter);
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  private SoapClient.Response now() throws Exception {
    return client.call("CurrentTime", NOW, "");
  }

  @Test
  void faultAppliesToItsMethodForLimitedCalls() throws Exception {
    vcenter.faults().inject("CurrentTime", 2, SimulatedFault.soap("NotAuthenticated"));

    assertThat(client.names()).hasSize(50);
    assertThat(now().fault()).isEqualTo("NotAuthenticated");
    assertThat(now().fault()).isEqualTo("NotAuthenticated");
    assertThat(now().status()).isEqualTo(200);
  }

  @Test
  void faultCanSkipCalls() throws Exception {
    vcenter.faults().injectAfter(Faults.ANY_METHOD, 1, 1, SimulatedFault.soap("RuntimeFault"));

    assertThat(now().fault()).isEmpty();
    assertThat(now().fault()).isEqualTo("RuntimeFault");
    assertThat(now().fault()).isEmpty();
  }

  @Test
  void loginsFailOnDemand() throws Exception {
    vcenter.faults().failLogins(1);

    assertThat(client.login("user", "pass").fault()).isEqualTo("InvalidLogin");
    assertThat(client.login("user", "pass").status()).isEqualTo(200);
  }

  @Test
  void statusAndGarbageAreNotSoap() throws Exception {
    vcenter.faults().inject("CurrentTime", SimulatedFault.httpStatus(503));
    vcenter.faults().inject("CurrentTime", SimulatedFault.garbage());

    assertThatThrownBy(this::now).isInstanceOf(XMLStreamException.class);
    assertThatThrownBy(this::now).isInstanceOf(XMLStreamException.class);
    assertThat(now().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2000})
  void connectionIsCutAfterSomeBytes(int bytes) throws Exception {
    String view = client.view();
    vcenter.faults().inject("RetrievePropertiesEx", 10, SimulatedFault.cutAfter(bytes));

    assertThatThrownBy(
            () ->
                client.retrieve(
                    SoapClient.viewSpec("specSet", view, "VirtualMachine", "config"), ""))
        .isInstanceOf(IOException.class);
    assertThat(now().status()).isEqualTo(200);
  }

  @Test
  void missingResponseLastsUntilReleased() throws Exception {
    vcenter.faults().inject("CurrentTime", 10, SimulatedFault.noResponse());
    CompletableFuture<SoapClient.Response> silent = client.start("CurrentTime", NOW, "");
    awaitHeld();
    assertThat(silent).isNotDone();

    vcenter.faults().clear();

    assertThatThrownBy(() -> silent.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(now().status()).isEqualTo(200);
  }

  @Test
  void delayedCallCompletesAfterRelease() throws Exception {
    vcenter.faults().inject("CurrentTime", SimulatedFault.delay(Duration.ofHours(1)));
    CompletableFuture<SoapClient.Response> late = client.start("CurrentTime", NOW, "");
    awaitHeld();

    vcenter.faults().release();

    assertThat(late.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);

    vcenter.faults().inject("CurrentTime", SimulatedFault.delay(Duration.ofMillis(1)));
    assertThat(now().status()).isEqualTo(200);
  }

  @Test
  void stopEndsHeldCalls() throws Exception {
    vcenter.faults().inject("CurrentTime", SimulatedFault.noResponse());
    CompletableFuture<SoapClient.Response> silent = client.start("CurrentTime", NOW, "");
    awaitHeld();

    vcenter.stop();

    assertThatThrownBy(() -> silent.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
  }

  @Test
  void requestsOtherThanSoapAreFaults() throws Exception {
    assertThat(client.post("hello").statusCode()).isEqualTo(500);
    assertThat(client.post("<a/>").statusCode()).isEqualTo(500);
    assertThat(client.post("<!DOCTYPE a><a/>").statusCode()).isEqualTo(500);
    assertThat(client.post(" ".repeat((4 << 20) + 1)).statusCode()).isEqualTo(413);
  }

  private void awaitHeld() {
    Eventually.within(Duration.ofSeconds(30)).until(() -> vcenter.faults().held() > 0);
  }
}
