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
 * Replay of a recorded read, as its floor: sends the same requests over one connection, and drains
 * the responses. Values that the server creates for each session (its cookie, its objects, the page
 * tokens) are taken from the responses and replaced in later requests.
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
   * Sends all requests once.
   *
   * @return the bytes of all response bodies
   */
  long run() throws IOException {
    Map<String, String> replacements = new LinkedHashMap<>();
    String cookie = "";
    long bytes = 0;
    try (RawHttp http = new RawHttp(vcenter, tls)) {
      for (SoapRecorder.Exchange exchange : recorded) {
        String headers =
            exchange.headers() + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n");
        RawHttp.Response response =
            http.send(
                "POST",
                vcenter.getRawPath(),
                headers,
                replaceIn(exchange.body(), replacements).getBytes(StandardCharsets.UTF_8));
        if (response.status() != 200) {
          throw new IOException("the replayed request returned HTTP status " + response.status());
        }
        bytes += response.bodyBytes();
        cookie = response.cookie().isEmpty() ? cookie : response.cookie();
        addReplacement(exchange.responseStart(), response.bodyStart(), replacements);
      }
    }
    return bytes;
  }

  /** Maps a token or reference of the recorded response to that of the current one. */
  static void addReplacement(String recorded, String current, Map<String, String> replacements) {
    for (String name : List.of("token", "returnval")) {
      Optional<String> before = Substrings.element(recorded, name);
      Optional<String> after = Substrings.element(current, name);
      if (before.isPresent() && after.isPresent() && !before.equals(after)) {
        replacements.put(">" + before.get() + "<", ">" + after.get() + "<");
        return;
      }
    }
  }

  /** The request with all replacements made. */
  static String replaceIn(String request, Map<String, String> replacements) {
    String result = request;
    for (Map.Entry<String, String> replacement : replacements.entrySet()) {
      result = result.replace(replacement.getKey(), replacement.getValue());
    }
    return result;
  }
}
