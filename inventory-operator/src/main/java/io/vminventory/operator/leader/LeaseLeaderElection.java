package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.leader.ObservedLease.Decision;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leader election by a Lease, which a thread of its own acquires and renews. The algorithm is that
 * of client-go's {@code leaderelection}.
 *
 * <p>An unreachable API server ends the permit to write, but not the lead: the work goes on when
 * the server is back and no other process has taken the Lease.
 */
public final class LeaseLeaderElection implements LeaderElection {

  private static final Logger log = LoggerFactory.getLogger(LeaseLeaderElection.class);

  private static final int MAX_MESSAGE_LENGTH = 512;

  private final LeaseLock lock;
  private final ElectionTimings timings;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final String identity;
  private final ObservedLease observed;
  private final RenewDeadline deadline;
  private final LeaderStatus status;
  private final Thread thread = new Thread(this::run, "leader-election");

  /**
   * Election by a Lease of the cluster.
   *
   * @param client stays the caller's, and open until this is closed
   * @param clock for the times that the Lease shows to people
   */
  public LeaseLeaderElection(
      KubernetesClient client, String namespace, String name, InstantSource clock) {
    this(
        new KubernetesLeaseLock(client, namespace, name),
        ElectionTimings.defaults(),
        clock,
        System::nanoTime,
        Identity.ofThisProcess());
  }

  /**
   * @param nanos a clock that never goes back
   */
  LeaseLeaderElection(
      LeaseLock lock,
      ElectionTimings timings,
      InstantSource clock,
      LongSupplier nanos,
      String identity) {
    this.lock = lock;
    this.timings = timings;
    this.clock = clock;
    this.nanos = nanos;
    this.identity = identity;
    this.observed = new ObservedLease(identity, timings.leaseDuration());
    this.deadline = new RenewDeadline(nanos, timings.renewDeadline());
    this.status = new LeaderStatus(lock.toString());
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (status.isOpen()) {
        long began = nanos.getAsLong();
        tryAcquireOrRenew();
        status.sleep(timings.retryPeriod().minusNanos(nanos.getAsLong() - began));
      }
    } catch (InterruptedException e) {
      log.debug("interrupted");
    }
  }

  /** One attempt: reads the Lease, and acquires or renews it if this process may. */
  void tryAcquireOrRenew() {
    try {
      Optional<Lease> found = lock.get();
      Decision decision = observed.decide(found, nanos.getAsLong());
      switch (decision.state()) {
        case LEADING -> acquireOrRenew(found);
        case LOST -> deadline.revoke();
        case STANDING_BY -> {}
      }
      status.observed(decision.state(), decision.holder());
    } catch (KubernetesClientException e) {
      // A conflict means that another process was faster; the next attempt sees which one.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        status.failed(message(e));
      }
    } catch (RuntimeException e) {
      log.debug("unexpected failure", e);
      status.failed(e.toString());
    }
  }

  private void acquireOrRenew(Optional<Lease> found) {
    long sentAt = nanos.getAsLong();
    lock.createOrUpdate(
        LeaseRecords.acquiredOrRenewed(found, identity, clock.instant(), timings.leaseDuration()));
    observed.acquired();
    deadline.renewed(sentAt);
  }

  private static String message(KubernetesClientException e) {
    String cause =
        Optional.ofNullable(e.getStatus())
            .flatMap(response -> Optional.ofNullable(response.getMessage()))
            .or(() -> Optional.ofNullable(e.getCause()).map(Throwable::toString))
            .orElseGet(e::toString);
    String remedy =
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            ? "; grant the operator get, create and update on leases there"
            : "";
    return DisplayText.clean(cause, MAX_MESSAGE_LENGTH) + remedy;
  }

  @Override
  public boolean await() throws InterruptedException {
    return status.awaitLead();
  }

  @Override
  public String awaitLoss() throws InterruptedException {
    return status.awaitLoss();
  }

  @Override
  public LeaderState state() {
    return status.state();
  }

  @Override
  public Optional<String> problem() {
    return status.problem();
  }

  @Override
  public boolean granted() {
    return deadline.granted();
  }

  @Override
  public void close() {
    deadline.revoke();
    if (!status.close()) {
      return;
    }
    try {
      // An attempt under way would acquire again what is released here.
      thread.join(timings.renewDeadline().toMillis());
      if (!thread.isAlive() && state() == LeaderState.LEADING) {
        release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    try {
      Optional<Lease> held = lock.get().filter(lease -> LeaseRecords.isHeldBy(identity, lease));
      if (held.isPresent()) {
        lock.createOrUpdate(LeaseRecords.released(held.get()));
        log.info("released Lease {}", lock);
      }
    } catch (KubernetesClientException e) {
      log.warn(
          "could not release Lease {}: {}; it expires in {} s",
          lock,
          message(e),
          timings.leaseDuration().toSeconds());
    }
  }
}
