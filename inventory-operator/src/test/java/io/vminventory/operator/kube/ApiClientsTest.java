package io.vminventory.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.KubeconfigFile;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class ApiClientsTest {

  private static final String CLUSTER = "{server: 'http://127.0.0.1:1'}";

  private static final Interceptor.RequestTags NO_TAGS =
      new Interceptor.RequestTags() {
        @Override
        public <T> T getTag(Class<T> type) {
          throw new IllegalStateException("nobody asks for " + type);
        }
      };

  @TempDir private Path directory;

  @Test
  void whoHasACertificateReadsNoFileForARequest() {
    assertThat(credentialsAfterAMinute("{client-certificate-data: Yg==, client-key-data: Yg==}"))
        .isNull();
  }

  @Test
  void whoHasATokenReadsTheFileForAnother() {
    assertThat(credentialsAfterAMinute("{token: first}")).isEqualTo("Bearer another");
  }

  @Test
  void whoHasACertificateAndATokenReadsTheFileForAnother() {
    assertThat(
            credentialsAfterAMinute(
                "{client-certificate-data: Yg==, client-key-data: Yg==, token: first}"))
        .isEqualTo("Bearer another");
  }

  @Test
  void aWatchTellsErrorsAndOurObjectsAsWhatTheyAre() {
    assertThat(watched("v1", "Status")).isInstanceOf(Status.class);
    assertThat(watched("vminventory.io/v1", "Tenant")).isInstanceOf(TenantResource.class);
    assertThat(watched("vminventory.io/v1", "VM")).isInstanceOf(VmResource.class);
  }

  @Test
  void anyOtherTypeIsReadAsOneOfAnyType() {
    assertThat(watched("v1", "Pod")).isInstanceOf(GenericKubernetesResource.class);
  }

  private static Object watched(String apiVersion, String kind) {
    return ApiClients.serialization()
        .unmarshal(
            """
            {"type": "ERROR", "object": {"apiVersion": "%s", "kind": "%s"}}
            """
                .formatted(apiVersion, kind),
            WatchEvent.class)
        .getObject();
  }

  /** What a request says whose client has read the file with that user, and it has a token now. */
  private @Nullable String credentialsAfterAMinute(String user) {
    Config config = Config.fromKubeconfig(KubeconfigFile.write(directory, CLUSTER, user).toFile());
    ApiClients.disableTokenRefresh(config);
    Path unused = KubeconfigFile.write(directory, CLUSTER, "{token: another}");
    StandardHttpRequest.Builder request = new StandardHttpRequest.Builder();
    HttpRequest bare = request.uri("http://127.0.0.1:1").build();
    new TokenRefreshInterceptor(config, new VertxHttpClientFactory(), Instant.EPOCH)
        .before(request, bare, NO_TAGS);
    return request.build().header(TokenRefreshInterceptor.AUTHORIZATION);
  }
}
