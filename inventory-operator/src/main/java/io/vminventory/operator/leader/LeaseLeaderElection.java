package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.leader.Election.Decision;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads while it holds a Lease, which it looks at and renews in a thread of its own.
 *
 * <p>An API server that does not answer takes the permit to write away, but not the lead: when it
 * answers again and nobody else has taken the Lease, the work goes on.
 */
public final class LeaseLeaderElection implements LeaderElection {

  private static final Logger log = LoggerFactory.getLogger(LeaseLeaderElection.class);

  private static final int MESSAGE_LENGTH = 512;

  private final Leases leases;
  private final LeaseTimes times;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final String me;
  private final Election election;
  private final RenewDeadline holding;
  private final LeaderStatus tenure;
  private final Thread thread = new Thread(this::run, "leader-election");

  /**
   * Contends for a Lease of the cluster.
   *
   * @param client stays the caller's, and open until this is closed
   * @param clock for the times that the Lease shows to people
   */
  public LeaseLeaderElection(
      KubernetesClient client, String namespace, String name, InstantSource clock) {
    this(
        new ApiLeases(client, namespace, name),
        LeaseTimes.defaults(),
        clock,
        System::nanoTime,
        Identity.ofThisProcess());
  }

  /**
   * @param nanos a clock that never goes back
   */
  LeaseLeaderElection(
      Leases leases, LeaseTimes times, InstantSource clock, LongSupplier nanos, String me) {
    this.leases = leases;
    this.times = times;
    this.clock = clock;
    this.nanos = nanos;
    this.me = me;
    this.election = new Election(me, times.lease());
    this.holding = new RenewDeadline(nanos, times.permit());
    this.tenure = new LeaderStatus(leases.toString());
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (tenure.open()) {
        long begun = nanos.getAsLong();
        look();
        tenure.pause(times.look().minusNanos(nanos.getAsLong() - begun));
      }
    } catch (InterruptedException e) {
      log.debug("interrupted");
    }
  }

  /** One look at the Lease, and what follows from it. */
  void look() {
    try {
      Optional<Lease> found = leases.read();
      Decision decision = election.decide(found, nanos.getAsLong());
      if (decision instanceof Decision.Hold) {
        hold(found);
      } else if (decision instanceof Decision.StandBy other) {
        tenure.tell(LeaderState.STANDING_BY, other.holder());
      } else if (decision instanceof Decision.Lost other) {
        holding.end();
        tenure.tell(LeaderState.LOST, other.holder());
      }
    } catch (KubernetesClientException e) {
      // Somebody else was faster if it is a conflict; the next look tells who.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        tenure.tellFailure(why(e));
      }
    } catch (RuntimeException e) {
      log.debug("unexpected failure", e);
      tenure.tellFailure(e.toString());
    }
  }

  private void hold(Optional<Lease> found) {
    long sent = nanos.getAsLong();
    leases.write(LeaseRecords.held(found, me, clock.instant(), times.lease()));
    election.won();
    holding.renewed(sent);
    tenure.tell(LeaderState.LEADING, me);
  }

  private static String why(KubernetesClientException e) {
    String said =
        Optional.ofNullable(e.getStatus())
            .flatMap(status -> Optional.ofNullable(status.getMessage()))
            .or(() -> Optional.ofNullable(e.getCause()).map(Throwable::toString))
            .orElseGet(e::toString);
    String remedy =
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            ? "; grant the operator get, create and update on leases there"
            : "";
    return DisplayText.clean(said, MESSAGE_LENGTH) + remedy;
  }

  @Override
  public boolean await() throws InterruptedException {
    return tenure.awaitLead();
  }

  @Override
  public String awaitLoss() throws InterruptedException {
    return tenure.awaitLoss();
  }

  @Override
  public LeaderState state() {
    return tenure.state();
  }

  @Override
  public Optional<String> problem() {
    return tenure.problem();
  }

  @Override
  public boolean granted() {
    return holding.granted();
  }

  @Override
  public void close() {
    holding.end();
    if (!tenure.close()) {
      return;
    }
    try {
      // A look that is under way would take again what is given up now.
      thread.join(times.permit().toMillis());
      if (!thread.isAlive() && state() == LeaderState.LEADING) {
        giveUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUp() {
    try {
      Optional<Lease> mine = leases.read().filter(lease -> LeaseRecords.heldBy(me, lease));
      if (mine.isPresent()) {
        leases.write(LeaseRecords.released(mine.get()));
        log.info("gave up Lease {}", leases);
      }
    } catch (KubernetesClientException e) {
      log.warn(
          "could not give up Lease {}: {}; it is free in {} s",
          leases,
          why(e),
          times.lease().toSeconds());
    }
  }
}
