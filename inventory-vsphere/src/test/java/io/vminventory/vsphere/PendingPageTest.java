package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.vm;
import static io.vminventory.vsphere.StubVcenter.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class PendingPageTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String MORE = "ContinueRetrievePropertiesEx";
  private static final String BEGINNING =
      "<Envelope><Body><RetrievePropertiesExResponse><returnval><token>1</token>"
          + plain("vm-1", "a");
  private static final String END = "</returnval></RetrievePropertiesExResponse></Body></Envelope>";

  private final CountDownLatch requested = new CountDownLatch(1);
  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  /** In an envelope without namespaces. */
  private static String plain(String reference, String name) {
    return vm(reference).with("name", name).xml().replaceAll(" xsi:type='[^']*'", "");
  }

  /** A page that names the next one at its beginning, and ends when that one was requested. */
  private void pageThatWaitsForTheNext(String end) {
    stub.onMachines(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
          body.flush();
          assertThat(requested.await(10, TimeUnit.SECONDS))
              .as("the next page is requested")
              .isTrue();
          body.write(end.getBytes(StandardCharsets.US_ASCII));
        });
  }

  private void nextPage(StubVcenter.Response response) {
    stub.on(
        MORE,
        exchange -> {
          requested.countDown();
          response.to(exchange);
        });
  }

  @Test
  void nextPageIsRequestedWhileThisOneArrives() throws Exception {
    pageThatWaitsForTheNext(END);
    nextPage(returns(vm("vm-2").with("name", "b").xml()));
    try (InventorySession session = stub.open(Map.of())) {
      Update.Snapshot snapshot = (Update.Snapshot) session.next(LONG);
      assertThat(snapshot.inventory().machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void pageAfterABrokenOneIsCancelled() throws Exception {
    CompletableFuture<IOException> hungUp = new CompletableFuture<>();
    pageThatWaitsForTheNext("</wrong>");
    nextPage(
        exchange -> {
          try {
            stub.dribble().to(exchange);
          } catch (IOException e) {
            hungUp.complete(e);
          }
        });
    try (InventorySession session = stub.open(Map.of())) {
      InventoryException failure =
          catchThrowableOfType(InventoryException.class, () -> session.next(LONG));
      assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
      assertThat(hungUp.get(10, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(stub.operations()).endsWith("Logout");
  }

  @Test
  void closeCancelsBothPages() throws Exception {
    for (StubVcenter.Response stuck : List.of(stub.silence(), stub.dribble())) {
      stub.onMachines(stub.silenceAfter(BEGINNING));
      nextPage(stuck);
      InventorySession session = stub.open(Map.of());
      CompletableFuture<Throwable> next =
          CompletableFuture.supplyAsync(() -> catchThrowable(() -> session.next(LONG)));
      while (!stub.operations().contains(MORE)) {
        Thread.onSpinWait();
      }
      session.close();
      assertThat(next.get(1, TimeUnit.SECONDS)).hasMessageContaining("was closed");
      assertThat(Collections.frequency(stub.operations(), "Logout")).isEqualTo(1);
      stub.operations().clear();
    }
  }

  @Test
  void serverThatNeverSendsTheNextPageIsUnavailable() throws Exception {
    stub.onMachines(returns("<token>1</token>" + vm("vm-1").with("name", "a").xml()));
    nextPage(stub.silence());
    try (InventorySession session = stub.open(Map.of("request-timeout", "200ms"))) {
      assertThat(catchThrowableOfType(InventoryException.class, () -> session.next(LONG)).failure())
          .isEqualTo(Failure.UNAVAILABLE);
    }
  }
}
