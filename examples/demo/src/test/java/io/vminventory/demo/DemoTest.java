package io.vminventory.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.InventoryException;
import io.vminventory.testkit.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.commandLine(new DemoCommand("no-such-kubectl", Duration.ZERO))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private Path kubeconfig() {
    Matcher line = Pattern.compile("export KUBECONFIG=(.*)").matcher(out.toString());
    assertThat(line.find()).isTrue();
    return Path.of(line.group(1));
  }

  /** The lines that were printed below the command, up to an empty line. */
  private Stream<String> table(String command) {
    return out.toString()
        .lines()
        .dropWhile(line -> !line.equals("$ " + command))
        .skip(1)
        .takeWhile(line -> !line.isEmpty());
  }

  @Test
  void onceShowsTheMachinesOfEachAccountAndCleansUp() {
    assertThat(run("--once")).isZero();

    assertThat(table("kubectl get tenant"))
        .hasSize(3)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("NAME +USERNAME +TARGETNAMESPACE +EXECDATE +EXECFLAG +AGE"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("test +ike-admin@vsphere.local +test-tenant +\\d+s +false +\\d+s"));
    assertThat(table("kubectl get vm -n test-tenant"))
        .hasSize(12)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "nwcd-ike-a-m1 +poweredOn +2 +2048 +\\[\"10.141.86.60\"] +\\d+s +\\d+s"))
        .anySatisfy(
            line -> assertThat(line).matches("nwcd-ike-clean +poweredOff +2 +8192 +\\d+s +\\d+s"));
    assertThat(table("kubectl get vm -n dev-tenant")).hasSize(6);
    assertThat(kubeconfig().getParent()).doesNotExist();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void eachLiveChangeIsFollowedByItsRecord() {
    assertThat(run("--live", "--once")).isZero();

    assertThat(out.toString().lines())
        .containsSubsequence(LiveChange.round().stream().map(LiveChange::text).toList());
    assertThat(out.toString().lines().filter(line -> line.matches("  the record .* ms")))
        .hasSameSizeAs(LiveChange.round());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void interruptedDemoExitsWithZeroAndCleansUp() throws Exception {
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    Thread demo = new Thread(() -> exitCode.complete(run()), "demo");
    demo.start();
    Eventually.within(TIMEOUT).until(out::toString, text -> text.contains("until Ctrl-C"));
    Path kubeconfig = kubeconfig();
    assertThat(kubeconfig).exists();

    demo.interrupt();

    assertThat(exitCode.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isZero();
    assertThat(kubeconfig.getParent()).doesNotExist();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tenantThatIsNotReadyInTimeIsReported() throws Exception {
    try (DemoWorld world = new DemoWorld()) {
      assertThat(Files.getPosixFilePermissions(world.writeKubeconfig()))
          .containsExactlyInAnyOrder(
              PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
      assertThatThrownBy(() -> world.awaitReady(Duration.ofSeconds(1)))
          .isInstanceOf(InventoryException.class)
          .hasMessage("tenant test is not ready after 1 s: it has no status yet");
    }
  }

  @Test
  void unknownOptionIsAUsageError() {
    assertThat(run("--onse")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--onse'");
    assertThat(out.toString()).isEmpty();
  }
}
