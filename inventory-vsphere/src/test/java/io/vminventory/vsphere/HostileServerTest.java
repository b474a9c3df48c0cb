package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.vm;
import static io.vminventory.vsphere.StubVcenter.fault;
import static io.vminventory.vsphere.StubVcenter.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Malicious servers: a read ends with an error of the right kind and a remedy, never with a part of
 * an inventory, and never takes more memory than allowed.
 */
@Timeout(60)
@Tag("embedded")
class HostileServerTest {

  private static final String HEAD =
      "<Envelope><Body><RetrievePropertiesExResponse xmlns='urn:vim25'><returnval>";

  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private InventoryException failureOfARead(Map<String, String> settings) throws Exception {
    try (InventorySession session = stub.open(settings)) {
      return catchThrowableOfType(InventoryException.class, () -> session.next(Duration.ZERO));
    }
  }

  private static StubVcenter.Response endless(String begin, String more) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write(begin.getBytes(StandardCharsets.US_ASCII));
      byte[] portion = more.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
      try {
        while (true) {
          body.write(portion);
        }
      } catch (IOException hungUp) {
        exchange.setAttribute("hungUp", hungUp);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- nothing but a remark -->",
        "<later a='unknown'/>",
        "<objects><obj type='VirtualMachine'>vm-1</obj></objects>",
        "<token>1</token>",
      })
  void endlessResponseIsCutAtTheLimitThatTheErrorNames(String more) throws Exception {
    stub.onMachines(endless(HEAD, more));
    InventoryException failure = failureOfARead(Map.of("max-answer-mb", "2"));
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(failure)
        .hasMessageContaining("more than the 2 MiB that max-answer-mb allows")
        .hasMessageContaining("lower page-size, or raise max-answer-mb");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", "<![CDATA[x]]>", "<deep>", "&#8238;"})
  void endlessElementIsCutLongBeforeTheLimit(String more) throws Exception {
    stub.onMachines(endless(HEAD + "<token>", more));
    InventoryException failure = failureOfARead(Map.of());
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("does not answer like a vCenter: ");
  }

  @Test
  void invalidBytesAreMisconfigured() throws Exception {
    stub.onMachines(StubVcenter.text("<?xml version='1.0' encoding='no-such-one'?>" + HEAD));
    assertThat(failureOfARead(Map.of()).failure()).isEqualTo(Failure.MISCONFIGURED);
  }

  @Test
  void responseBeforeTheLoginHasTheSameLimitAndGetsNoPassword() {
    stub.on("RetrieveServiceContent", endless("<Envelope><Body>", "<x/>"));
    InventoryException failure =
        catchThrowableOfType(
            InventoryException.class, () -> stub.open(Map.of("max-answer-mb", "1")).close());
    assertThat(failure).hasMessageContaining("max-answer-mb");
    assertThat(stub.operations()).containsOnly("RetrieveServiceContent");
  }

  @Test
  void endlessObjectsOverManyPagesAreRefused() throws Exception {
    int[] next = {0};
    stub.onMachines(returns("<token>t</token>"));
    stub.on(
        "ContinueRetrievePropertiesEx",
        exchange -> {
          StringBuilder page = new StringBuilder("<token>t</token>");
          for (int i = 0; i < 20_000; i++) {
            page.append("<objects><obj type='VirtualMachine'>vm-").append(next[0]++);
            page.append("</obj></objects>");
          }
          returns(page.toString()).to(exchange);
        });
    InventoryException failure = failureOfARead(Map.of());
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("more objects than a vCenter can hold");
  }

  @Test
  void pagesThatRepeatTheSameObjectEnd() throws Exception {
    String page = vm("vm-1").with("name", "one").xml() + "<token>t</token>";
    stub.onMachines(returns(page));
    stub.on("ContinueRetrievePropertiesEx", returns(page));
    InventoryException failure = failureOfARead(Map.of());
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("its pages do not end");
  }

  @Test
  void compressedResponseIsNotUnpacked() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(HEAD.getBytes(StandardCharsets.US_ASCII));
      gzip.write(" ".repeat(8 << 20).getBytes(StandardCharsets.US_ASCII));
    }
    stub.onMachines(
        exchange -> {
          assertThat(exchange.getRequestHeaders()).doesNotContainKey("Accept-encoding");
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, bomb.size());
          exchange.getResponseBody().write(bomb.toByteArray());
        });
    InventoryException failure = failureOfARead(Map.of());
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("its response is not SOAP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY e 'ha'><!ENTITY f '&e;&e;&e;&e;&e;&e;'>]>",
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE a [<!ENTITY % e SYSTEM 'http://127.0.0.1:PORT/a.dtd'> %e;]>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:PORT/a.dtd'>",
      })
  void documentTypesAreRefusedAndNothingIsFetched(String type) throws Exception {
    stub.onMachines(
        StubVcenter.text(
            type.replace("PORT", "" + stub.port()) + HEAD + "&e;</returnval></Envelope>"));
    InventoryException failure = failureOfARead(Map.of());
    assertThat(failure.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(stub.operations()).doesNotContain("");
  }

  @Test
  void invalidCookiesAreIgnored() throws Exception {
    stub.on(
        "Login",
        exchange -> {
          for (int i = 0; i < 50; i++) {
            exchange.getResponseHeaders().add("Set-Cookie", "bomb" + i + "=" + "x".repeat(900));
          }
          exchange.getResponseHeaders().add("Set-Cookie", "odd=\u00e4\u0001");
          returns("<key>k</key>").to(exchange);
        });
    stub.open(Map.of()).close();
    assertThat(stub.operations()).endsWith("Logout");
    assertThat(stub.requests()).allSatisfy(r -> assertThat(r.indexOf('<')).isLessThan(8_000));
  }

  /** The JDK bounds them, in each of its versions that still gets updates. */
  @Test
  void endlessHeadersAreAFailureNotAnError() {
    stub.on(
        "Login",
        exchange -> {
          for (int i = 0; i < 100; i++) {
            exchange.getResponseHeaders().add("X-Bomb", "x".repeat(20_000));
          }
          returns("<key>k</key>").to(exchange);
        });
    InventoryException failure =
        catchThrowableOfType(InventoryException.class, () -> stub.open(Map.of()).close());
    assertThat(failure.failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void faultTextIsQuotedInOneShortPrintableLine() throws Exception {
    stub.onMachines(
        fault("SystemError", "a&#10;2026 ERROR forged&#9;\u009b31m\u202e" + "y".repeat(60_000)));
    assertThat(failureOfARead(Map.of()).getMessage())
        .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u009b\\u202e\\u2028]")
        .hasSizeLessThan(600);
  }

  @Test
  void hostileValuesAreFactsOrEmpty() throws Exception {
    StringBuilder nics = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      nics.append(ObjectXml.nic(-1, "10.0.0.1"));
    }
    nics.append(ObjectXml.nic(4000, "10.1.2.3"));
    String machine =
        vm("vm-1")
            .with("name", "..%2f..%2fetc%2fpasswd" + "x".repeat(10_000))
            .with("config.hardware.numCPU", "many")
            .with("config.hardware.memoryMB", "-1")
            .with("config.template", "perhaps")
            .with("runtime.powerState", "poweredOn&#10;")
            .with("guest.hostName", "{{.}} &lt;b&gt; : - &amp;x *y")
            .xml()
            .replace(
                "</objects>",
                "<propSet><name>guest.net</name><val>" + nics + "</val></propSet></objects>");
    stub.onMachines(returns(machine));
    try (InventorySession session = stub.open(Map.of())) {
      VirtualMachine vm =
          ((Update.Snapshot) session.next(Duration.ZERO)).inventory().machines().iterator().next();
      assertThat(vm.name()).startsWith("../../etc/passwdxxx").hasSizeLessThan(1_025);
      assertThat(vm.numCpu()).isEmpty();
      assertThat(vm.memoryMB()).isEmpty();
      assertThat(vm.template()).isEmpty();
      assertThat(vm.guestHostName()).hasValue("{{.}} <b> : - &x *y");
      assertThat(vm.ips()).containsExactly("10.1.2.3");
      assertThat(vm.nics()).hasSize(1);
    }
  }

  @Test
  void unrequestedPropertiesAreRefused() throws Exception {
    ObjectXml machine = vm("vm-1");
    for (int i = 0; i < 100; i++) {
      machine.with("config.more" + i, "x");
    }
    stub.onMachines(returns(machine.xml()));
    assertThat(failureOfARead(Map.of())).hasMessageContaining("not requested");
  }
}
