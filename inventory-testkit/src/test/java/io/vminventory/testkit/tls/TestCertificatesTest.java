package io.vminventory.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class TestCertificatesTest {

  @Test
  void clientThatTrustsTheAuthorityReachesTheServer() throws Exception {
    TestCertificates certificates = TestCertificates.forLoopback();

    assertThat(statusOf(certificates, certificates, "127.0.0.1")).isEqualTo(404);
    assertThat(statusOf(certificates, certificates, "localhost")).isEqualTo(404);
  }

  @Test
  void clientOfAnotherAuthorityRejectsTheServer() {
    TestCertificates server = TestCertificates.forLoopback();

    assertThatThrownBy(() -> statusOf(server, TestCertificates.forLoopback(), "127.0.0.1"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void certificateForAnotherHostIsRejected() {
    TestCertificates certificates =
        TestCertificates.forHosts(List.of("vcenter.example", "192.0.2.1"));

    assertThatThrownBy(() -> statusOf(certificates, certificates, "127.0.0.1"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void expiredCertificateIsRejected() {
    TestCertificates certificates = TestCertificates.expired();

    assertThatThrownBy(() -> statusOf(certificates, certificates, "127.0.0.1"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void thumbprintAndPemHaveTheUsualForm(@TempDir Path directory) throws Exception {
    TestCertificates certificates = TestCertificates.forLoopback();

    Path file = certificates.writeCaPem(directory.resolve("ca.pem"));

    assertThat(certificates.thumbprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(Files.readString(file))
        .isEqualTo(certificates.caPem())
        .startsWith("-----BEGIN CERTIFICATE-----\n")
        .endsWith("\n-----END CERTIFICATE-----\n");
  }

  private static int statusOf(TestCertificates server, TestCertificates client, String host)
      throws Exception {
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(server.serverContext()));
    https.start();
    try {
      URI url = URI.create("https://" + host + ":" + https.getAddress().getPort() + "/");
      return HttpClient.newBuilder()
          .sslContext(client.clientContext())
          .build()
          .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } finally {
      https.stop(0);
    }
  }
}
