package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the delivered jar, one of which leads. */
@Timeout(180)
abstract class FailoverScenarios {

  private static final String TENANT = "test";

  /** The namespace, and the name, of the Lease that the operator's rights let it write. */
  private static final String LEASE = "vminventory";

  /** The promise. */
  private static final Duration TAKEOVER = Duration.ofSeconds(20);

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path directory;
  private OperatorJar jar;
  private OperatorBench bench;
  private FaultRelay first;
  private FaultRelay second;
  private FaultRelay vcenter;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  @BeforeEach
  void setUp() throws IOException {
    jar = new OperatorJar(peers(), directory);
    bench = new OperatorBench(peers());
    first = peers().apiRelay();
    second = peers().apiRelay();
    vcenter = peers().vcenterRelay();
    bench.register(TENANT);
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      for (Process process : processes) {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      // What was killed could not log out.
      peers().endSessions();
      bench.close();
      bench.client().leases().inNamespace(LEASE).withName(LEASE).delete();
    } finally {
      first.close();
      second.close();
      vcenter.close();
    }
  }

  private Process start(FaultRelay apiServer, String log) throws IOException {
    Process process =
        jar.start(
            apiServer,
            vcenter,
            log,
            "--leader-elect",
            "--lease-namespace=" + LEASE,
            "--watch-namespaces=" + bench.namespace);
    processes.add(process);
    return process;
  }

  private Process leader() throws IOException {
    Process leader = start(first, "first");
    bench.awaitUpToDate(TENANT);
    return leader;
  }

  private Process standBy() throws IOException {
    Process process = start(second, "second");
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(() -> assertThat(jar.said("second")).contains("standing by: "));
    return process;
  }

  private Lease lease() {
    return bench.client().leases().inNamespace(LEASE).withName(LEASE).get();
  }

  @Test
  void aLeaderThatIsKilledIsReplacedWithinTwentySeconds() throws Exception {
    Process leader = leader();
    Process next = standBy();
    assertThat(peers().sessions()).as("one process works").isEqualTo(1);
    String before = lease().getSpec().getHolderIdentity();
    int writes = peers().vmWrites();

    leader.destroyForcibly();
    String machine = peers().create("made-after-the-kill-" + bench.namespace);
    try {
      Eventually.within(TAKEOVER)
          .untilPasses(
              () -> assertThat(bench.record("made-after-the-kill-" + bench.namespace)).isPresent());
      assertThat(lease().getSpec().getHolderIdentity()).isNotEqualTo(before).isNotEmpty();
      assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
      assertThat(peers().vmWrites() - writes).as("nothing is written again").isEqualTo(1);
    } finally {
      peers().destroy(machine);
    }
    OperatorJar.end(next);
  }

  @Test
  void aLeaderThatEndsAsAskedIsReplacedAtOnce() throws Exception {
    Process leader = leader();
    Process next = standBy();
    OperatorJar.end(leader);
    Eventually.within(Duration.ofSeconds(8))
        .untilPasses(() -> assertThat(jar.said("second")).contains("leading as ", "started"));
    Eventually.within(OperatorBench.PATIENCE).until(() -> peers().sessions(), open -> open == 1);
    OperatorJar.end(next);
    assertThat(lease().getSpec().getHolderIdentity()).as("given up").isNullOrEmpty();
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void aLeaderThatWasFrozenWritesNothingAfterItsReplacement() throws Exception {
    Process leader = leader();
    Process next = standBy();
    signal("STOP", leader);
    Eventually.within(TAKEOVER)
        .untilPasses(() -> assertThat(jar.said("second")).contains("leading as ", "started"));
    String machine = peers().create("made-in-the-freeze-" + bench.namespace);
    try {
      bench.awaitRecord("made-in-the-freeze-" + bench.namespace);
      Queue<String> changes = changesThrough(first);
      signal("CONT", leader);
      assertThat(leader.waitFor(30, TimeUnit.SECONDS)).as("ends by itself").isTrue();
      assertThat(leader.exitValue()).isEqualTo(1);
      assertThat(jar.said("first")).contains("has taken the lead", "this process ends");
      assertThat(changes).isEmpty();
    } finally {
      peers().destroy(machine);
    }
    OperatorJar.end(next);
  }

  /** Collects the requests that change anything. */
  private static Queue<String> changesThrough(FaultRelay relay) {
    Queue<String> changes = new ConcurrentLinkedQueue<>();
    relay.inject(
        RelayFault.httpStatus(503)
            .on(
                request -> {
                  if (!request.method().equals("GET")) {
                    changes.add(request.method() + " " + request.path());
                  }
                  return false;
                }));
    return changes;
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
