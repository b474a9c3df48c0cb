package io.vminventory.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The floor of a read: what our reader asked once is asked again over one connection, and the
 * answers are drained. What a server makes anew each time (the session, its objects, the token of
 * the next page) is cut out of the answers and put into the requests that follow.
 */
final class SoapReplay {

  private final URI vcenter;
  private final SSLContext tls;
  private final List<SoapRecorder.Exchange> recorded;

  SoapReplay(URI vcenter, SSLContext tls, List<SoapRecorder.Exchange> recorded) {
    this.vcenter = vcenter;
    this.tls = tls;
    this.recorded = recorded;
  }

  /**
   * Asks everything once.
   *
   * @return how many bytes of bodies were answered
   */
  long run() throws IOException {
    Map<String, String> renewed = new LinkedHashMap<>();
    String cookie = "";
    long bytes = 0;
    try (RawHttp http = new RawHttp(vcenter, tls)) {
      for (SoapRecorder.Exchange exchange : recorded) {
        String headers =
            exchange.headers() + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
        RawHttp.Answer answer =
            http.send(
                "POST",
                vcenter.getRawPath(),
                headers,
                renew(exchange.body(), renewed).getBytes(StandardCharsets.UTF_8));
        if (answer.status() != 200) {
          throw new IOException("the floor's request was answered with " + answer.status());
        }
        bytes += answer.bytes();
        cookie = answer.cookie().isEmpty() ? cookie : answer.cookie();
        takeOver(exchange.answer(), answer.beginning(), renewed);
      }
    }
    return bytes;
  }

  /** Notes what stood for something in the recorded answer, and what stands for it now. */
  static void takeOver(String recorded, String now, Map<String, String> renewed) {
    for (String name : List.of("token", "returnval")) {
      Optional<String> before = Texts.element(recorded, name);
      Optional<String> after = Texts.element(now, name);
      if (before.isPresent() && after.isPresent() && !before.equals(after)) {
        renewed.put(">" + before.get() + "<", ">" + after.get() + "<");
        return;
      }
    }
  }

  /** The request with everything that has another name now. */
  static String renew(String request, Map<String, String> renewed) {
    String result = request;
    for (Map.Entry<String, String> each : renewed.entrySet()) {
      result = result.replace(each.getKey(), each.getValue());
    }
    return result;
  }
}
