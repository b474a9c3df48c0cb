package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Termination of an operator that runs as a process of its own, from the delivered jar. */
@Timeout(180)
abstract class OperatorTerminationScenarios {

  private static final String TENANT = "test";

  @TempDir private Path directory;
  private OperatorFixture fixture;
  private FaultRelay apiServer;
  private FaultRelay vcenter;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  /** Closes the peers, unless they are shared. */
  void release() {}

  @BeforeEach
  void setUp() {
    fixture = new OperatorFixture(peers());
    apiServer = peers().apiRelay();
    vcenter = peers().vcenterRelay();
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      fixture.close();
    } finally {
      apiServer.close();
      vcenter.close();
      release();
    }
  }

  /** Starts a process with slow writes, and waits until it has imported some of the machines. */
  private Process startAndAwaitHalfAnImport() throws Exception {
    apiServer.inject(RelayFault.delay(Duration.ofMillis(300)));
    Process process = start();
    fixture.register(TENANT);
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> !fixture.records().isEmpty());
    assertThat(fixture.records()).hasSizeLessThan(machines());
    return process;
  }

  private int machines() {
    return peers().machines().size();
  }

  private Process start() throws IOException {
    return new OperatorJar(peers(), directory)
        .start(
            apiServer,
            vcenter,
            "log",
            "--parallel-writes=1",
            "--watch-namespaces=" + fixture.namespace);
  }

  @Test
  void killedOperatorResumesItsImport() throws Exception {
    int before = peers().vmWrites();
    Process process = startAndAwaitHalfAnImport();
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Map<String, String> half = uids();
    assertThat(half).isNotEmpty().hasSizeLessThan(machines());

    apiServer.heal();
    Process next = start();
    fixture.awaitUpToDate(TENANT);
    Map<String, String> all = uids();
    assertThat(all).hasSize(machines()).containsAllEntriesOf(half);
    assertThat(fixture.records()).hasSize(machines());
    assertThat(peers().vmWrites() - before)
        .as("writes of both")
        .isBetween(machines(), machines() + 2);
    OperatorJar.end(next);
    // The killed process could not log out.
    peers().endSessions();
  }

  @Test
  void terminatedOperatorLeavesNoSession() throws Exception {
    Process process = startAndAwaitHalfAnImport();
    assertThat(peers().sessions()).isEqualTo(1);
    OperatorJar.end(process);
    assertThat(fixture.records()).hasSizeLessThan(machines());
    assertThat(peers().sessions()).isZero();
    apiServer.heal();
    Process next = start();
    fixture.awaitUpToDate(TENANT);
    assertThat(fixture.records()).hasSize(machines());
    OperatorJar.end(next);
    assertThat(peers().sessions()).isZero();
  }

  /** Names and UIDs of the records, by the key of the machine. */
  private Map<String, String> uids() {
    return fixture.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getSpec().source().key(), OperatorTerminationScenarios::identity));
  }

  private static String identity(VmResource vm) {
    return vm.getMetadata().getName() + " " + vm.getMetadata().getUid();
  }
}
