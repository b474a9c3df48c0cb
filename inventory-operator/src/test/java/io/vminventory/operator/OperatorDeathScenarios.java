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

/** The end of an operator that runs as a process of its own, from the jar that is delivered. */
@Timeout(180)
abstract class OperatorDeathScenarios {

  private static final String TENANT = "test";

  @TempDir private Path directory;
  private OperatorBench bench;
  private FaultRelay apiServer;
  private FaultRelay vcenter;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  /** Ends the peers; nothing to do where others share them. */
  void release() {}

  @BeforeEach
  void setUp() {
    bench = new OperatorBench(peers());
    apiServer = peers().apiRelay();
    vcenter = peers().vcenterRelay();
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      bench.close();
    } finally {
      apiServer.close();
      vcenter.close();
      release();
    }
  }

  /** Starts a process whose writes are slow, and waits until it is in the middle of an import. */
  private Process inTheMiddleOfAnImport() throws Exception {
    apiServer.inject(RelayFault.delay(Duration.ofMillis(300)));
    Process process = start();
    bench.register(TENANT);
    Eventually.within(OperatorBench.PATIENCE).until(() -> !bench.records().isEmpty());
    assertThat(bench.records()).hasSizeLessThan(machines());
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
            "--watch-namespaces=" + bench.namespace);
  }

  @Test
  void anOperatorThatIsKilledInTheMiddleOfAnImportGoesOnWhereItWas() throws Exception {
    int before = peers().vmWrites();
    Process process = inTheMiddleOfAnImport();
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Map<String, String> half = uids();
    assertThat(half).isNotEmpty().hasSizeLessThan(machines());

    apiServer.heal();
    Process next = start();
    bench.awaitUpToDate(TENANT);
    Map<String, String> all = uids();
    assertThat(all).hasSize(machines()).containsAllEntriesOf(half);
    assertThat(bench.records()).hasSize(machines());
    assertThat(peers().vmWrites() - before)
        .as("writes of both")
        .isBetween(machines(), machines() + 2);
    OperatorJar.end(next);
    // What was killed could not log out; the server ends that session by itself.
    peers().endSessions();
  }

  @Test
  void anOperatorThatIsAskedToEndInTheMiddleOfAnImportLeavesNoSession() throws Exception {
    Process process = inTheMiddleOfAnImport();
    assertThat(peers().sessions()).isEqualTo(1);
    OperatorJar.end(process);
    assertThat(bench.records()).hasSizeLessThan(machines());
    assertThat(peers().sessions()).isZero();
    apiServer.heal();
    Process next = start();
    bench.awaitUpToDate(TENANT);
    assertThat(bench.records()).hasSize(machines());
    OperatorJar.end(next);
    assertThat(peers().sessions()).isZero();
  }

  /** The identities of the objects, with their names, by the key of the machine. */
  private Map<String, String> uids() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(vm -> vm.getSpec().source().key(), OperatorDeathScenarios::identity));
  }

  private static String identity(VmResource vm) {
    return vm.getMetadata().getName() + " " + vm.getMetadata().getUid();
  }
}
