package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.kubernetes.ApiRequest.Headers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ApiRequestTest {

  private static ApiRequest read(String method, String target) {
    return ApiRequest.read(method, target, new Headers("", "", "kubectl/v1 (linux)"), "")
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/namespaces | list namespaces in '' of ''/v1 named ''",
        "GET    | /api/v1/namespaces/lab | get namespaces in '' of ''/v1 named 'lab'",
        "PUT    | /api/v1/namespaces/lab/status | update namespaces/status in '' of ''/v1 named"
            + " 'lab'",
        "GET    | /api/v1/namespaces/lab/secrets | list secrets in 'lab' of ''/v1 named ''",
        "GET    | /api/v1/secrets?watch=true | watch secrets in '' of ''/v1 named ''",
        "POST   | /apis/example.com/v1/namespaces/lab/machines | create machines in 'lab' of"
            + " 'example.com'/v1 named ''",
        "PATCH  | /apis/example.com/v1/namespaces/lab/machines/a/status?x=y | patch machines/status"
            + " in 'lab' of 'example.com'/v1 named 'a'",
        "DELETE | /apis/example.com/v1/namespaces/lab/machines/a | delete machines in 'lab' of"
            + " 'example.com'/v1 named 'a'",
        "DELETE | /apis/example.com/v1/namespaces/lab/machines | deletecollection machines in 'lab'"
            + " of 'example.com'/v1 named ''"
      },
      quoteCharacter = '`')
  void pathsAndMethodsAreRead(String method, String target, String expected) {
    ApiRequest request = read(method, target);

    assertThat(
            "%s %s in '%s' of '%s'/%s named '%s'"
                .formatted(
                    request.verb(),
                    request.target(),
                    request.namespace(),
                    request.group(),
                    request.version(),
                    request.name()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api", "/api/v1", "/apis/example.com/v1", "/metrics", "/a/b/c/d/e"})
  void otherPathsAreNotObjectRequests(String target) {
    assertThat(ApiRequest.read("GET", target, new Headers("", "", ""), "")).isEmpty();
  }

  @Test
  void parametersAreDecoded() {
    ApiRequest request =
        read("PATCH", "/api/v1/namespaces/a?labelSelector=a%20in%20%28b%29&force=true&dryRun=All");

    assertThat(request.parameter("labelSelector")).isEqualTo("a in (b)");
    assertThat(request.parameter("limit")).isEmpty();
    assertThat(request.flag("force")).isTrue();
    assertThat(request.dryRun()).isTrue();
  }

  @Test
  void fieldManagerDefaultsToTheUserAgent() {
    assertThat(read("PUT", "/api/v1/namespaces/a").fieldManager()).isEqualTo("kubectl");
    assertThat(read("PUT", "/api/v1/namespaces/a?fieldManager=me").fieldManager()).isEqualTo("me");
  }
}
