package io.vminventory.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.testkit.Eventually;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
@Tag("embedded")
class ApiReadinessProbeTest {

  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private final ExecutorService waiter = Executors.newSingleThreadExecutor();

  @AfterEach
  void tearDown() {
    waiter.shutdownNow();
  }

  @Test
  void itAsksUntilTheAnswerIsGood() throws Exception {
    answers.addAll(List.of(Optional.of("down"), Optional.of("no definitions")));
    try (ApiReadinessProbe watch = new ApiReadinessProbe(this::answer)) {
      assertThat(watch.problem()).isPresent();
      watch.start();
      Eventually.within(Duration.ofSeconds(20))
          .until(() -> watch.problem().equals(Optional.of("no definitions")));
      answers.add(Optional.empty());
      assertThat(watch.awaitUsable()).isTrue();
      assertThat(watch.problem()).isEmpty();
    }
  }

  @Test
  void aQuestionThatFailsInAnUnforeseenWayIsAskedAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    try (ApiReadinessProbe watch =
        new ApiReadinessProbe(
            () -> {
              asked.countDown();
              throw new IllegalStateException("bug");
            })) {
      watch.start();
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
      Eventually.within(Duration.ofSeconds(20))
          .until(() -> watch.problem().orElse("").contains("bug"));
    }
  }

  @Test
  void closingEndsTheWaitAtOnce() throws Exception {
    ApiReadinessProbe watch = new ApiReadinessProbe(this::answer);
    watch.start();
    Future<Boolean> usable = waiter.submit(watch::awaitUsable);
    watch.close();
    assertThat(usable.get(5, TimeUnit.SECONDS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,10", "1,1", "2,2", "3,4", "4,8", "5,10", "1000000,10"})
  void itAsksLessAndLessOftenButAtLeastEveryTenSeconds(int failures, long seconds) {
    assertThat(ApiReadinessProbe.delay(failures)).hasSeconds(seconds);
  }

  @ParameterizedTest
  @CsvSource({
    "404,kubectl apply -f deploy/crds",
    "401,deploy/rbac.yaml",
    "403,deploy/rbac.yaml",
    "429,returns status 429: said so",
    "503,returns status 503: said so"
  })
  void eachRefusalIsSaidWithItsRemedy(int code, String part) {
    KubernetesClientException refusal =
        new KubernetesClientException(
            "Failure executing", code, new StatusBuilder().withMessage("said so").build());
    assertThat(ApiAccess.translate(refusal, "https://api").getMessage())
        .contains("https://api")
        .contains(part);
  }

  @Test
  void silenceIsSaidWithItsCause() {
    KubernetesClientException silence =
        new KubernetesClientException(
            "Operation: [list] failed", new ConnectException("Connection refused"));
    assertThat(ApiAccess.translate(silence, "https://api").getMessage())
        .contains("cannot be reached: Connection refused; check KUBECONFIG");
  }

  private Optional<String> answer() {
    try {
      return answers.poll(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
