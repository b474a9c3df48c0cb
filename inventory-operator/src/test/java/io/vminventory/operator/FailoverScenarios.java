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

/** Two processes of the delivered jar with leader election. */
@Timeout(180)
abstract class FailoverScenarios {

  private static final String TENANT = "test";

  /** Namespace and name of the Lease that the operator's rights cover. */
  private static final String LEASE = "vminventory";

  /** Promised time until another process leads. */
  private static final Duration TAKEOVER_TIMEOUT = Duration.ofSeconds(20);

  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path directory;
  private OperatorJar jar;
  private OperatorFixture fixture;
  private FaultRelay first;
  private FaultRelay second;
  private FaultRelay vcenter;

  /** The peers of this scenario. */
  abstract FaultPeers peers();

  @BeforeEach
  void setUp() throws IOException {
    jar = new OperatorJar(peers(), directory);
    fixture = new OperatorFixture(peers());
    first = peers().apiRelay();
    second = peers().apiRelay();
    vcenter = peers().vcenterRelay();
    fixture.register(TENANT);
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      for (Process process : processes) {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      // Killed processes could not log out.
      peers().endSessions();
      fixture.close();
      fixture.client().leases().inNamespace(LEASE).withName(LEASE).delete();
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
            "--watch-namespaces=" + fixture.namespace);
    processes.add(process);
    return process;
  }

  private Process leader() throws IOException {
    Process leader = start(first, "first");
    fixture.awaitUpToDate(TENANT);
    return leader;
  }

  private Process standby() throws IOException {
    Process process = start(second, "second");
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(() -> assertThat(jar.log("second")).contains("standing by: "));
    return process;
  }

  private Lease lease() {
    return fixture.client().leases().inNamespace(LEASE).withName(LEASE).get();
  }

  @Test
  void killedLeaderIsReplacedWithinTwentySeconds() throws Exception {
    Process leader = leader();
    Process next = standby();
    assertThat(peers().sessions()).as("only the leader has a session").isEqualTo(1);
    String before = lease().getSpec().getHolderIdentity();
    int writes = peers().vmWrites();

    leader.destroyForcibly();
    String machine = peers().create("made-after-the-kill-" + fixture.namespace);
    try {
      Eventually.within(TAKEOVER_TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(fixture.record("made-after-the-kill-" + fixture.namespace))
                      .isPresent());
      assertThat(lease().getSpec().getHolderIdentity()).isNotEqualTo(before).isNotEmpty();
      assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(1);
      assertThat(peers().vmWrites() - writes).as("nothing is written again").isEqualTo(1);
    } finally {
      peers().destroy(machine);
    }
    OperatorJar.end(next);
  }

  @Test
  void terminatedLeaderIsReplacedAtOnce() throws Exception {
    Process leader = leader();
    Process next = standby();
    OperatorJar.end(leader);
    Eventually.within(Duration.ofSeconds(8))
        .untilAsserted(() -> assertThat(jar.log("second")).contains("leading as ", "started"));
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> peers().sessions(), open -> open == 1);
    OperatorJar.end(next);
    assertThat(lease().getSpec().getHolderIdentity())
        .as("holder of the released lease")
        .isNullOrEmpty();
    assertThat(peers().sessions()).isZero();
  }

  @Test
  void frozenLeaderWritesNothingAfterItsReplacement() throws Exception {
    Process leader = leader();
    Process next = standby();
    signal("STOP", leader);
    Eventually.within(TAKEOVER_TIMEOUT)
        .untilAsserted(() -> assertThat(jar.log("second")).contains("leading as ", "started"));
    String machine = peers().create("made-in-the-freeze-" + fixture.namespace);
    try {
      fixture.awaitRecord("made-in-the-freeze-" + fixture.namespace);
      Queue<String> writes = writesThrough(first);
      signal("CONT", leader);
      assertThat(leader.waitFor(30, TimeUnit.SECONDS)).as("ended by itself").isTrue();
      assertThat(leader.exitValue()).isEqualTo(1);
      assertThat(jar.log("first")).contains("has taken the lead", "this process exits");
      assertThat(writes).isEmpty();
    } finally {
      peers().destroy(machine);
    }
    OperatorJar.end(next);
  }

  /** Collects the requests that write. */
  private static Queue<String> writesThrough(FaultRelay relay) {
    Queue<String> writes = new ConcurrentLinkedQueue<>();
    relay.inject(
        RelayFault.httpStatus(503)
            .matching(
                request -> {
                  if (!request.method().equals("GET")) {
                    writes.add(request.method() + " " + request.path());
                  }
                  return false;
                }));
    return writes;
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
