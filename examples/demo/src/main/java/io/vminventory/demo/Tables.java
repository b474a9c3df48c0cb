package io.vminventory.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Client that requests tables from the API server, as kubectl does. Thread-safe. */
final class Tables {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final String url;

  /**
   * @param url where the API server is
   */
  Tables(String url) {
    this.url = url;
  }

  /**
   * The objects of one of our types in a namespace.
   *
   * @param plural the type, such as {@code vms}
   * @throws IOException if there is no response, or not a table
   */
  TableText of(String plural, String namespace) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/apis/vminventory.io/v1/namespaces/%s/%s".formatted(url, namespace, plural)))
            .header("Accept", TABLE)
            .timeout(TIMEOUT)
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " returns " + response.statusCode());
    }
    return TableText.of(json.readTree(response.body()));
  }
}
