package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Retry loop of one call: plans a tenant's records and writes the plan, again while other clients
 * interfere, a few times.
 */
final class ConflictRetry<R extends HasMetadata> {

  private static final int MAX_ATTEMPTS = 4;

  /** Decision about a tenant's records. */
  interface Decision<R extends HasMetadata> {

    /**
     * The plan for the records as they are now.
     *
     * @param allowed how many deletions an earlier attempt was allowed
     */
    Plan<R> decide(int allowed);
  }

  private final RecordWriter<R> records;
  private final ParallelWriter writer;
  private final int maxMisses;
  private final AtomicInteger misses = new AtomicInteger();
  private final List<SinkResult.Write> writes = new ArrayList<>();

  /**
   * @param maxMisses how many requests in a row may stay without a response before the rest is
   *     cancelled
   */
  ConflictRetry(RecordWriter<R> records, ParallelWriter writer, int maxMisses) {
    this.records = records;
    this.writer = writer;
    this.maxMisses = maxMisses;
  }

  SinkResult run(String namespace, Decision<R> decision)
      throws InventoryException, InterruptedException {
    int allowed = 0;
    for (int attempt = 1; ; attempt++) {
      Plan<R> plan = decision.decide(allowed);
      allowed = Math.max(allowed, plan.deletions().size());
      List<SinkResult.Problem> problems = new ArrayList<>();
      int written = written();
      boolean planAgain = write(namespace, plan.deletions(), problems);
      planAgain |= write(namespace, plan.writes(), problems);
      if (!planAgain || attempt == MAX_ATTEMPTS) {
        writes.sort(
            Comparator.comparing(SinkResult.Write::record).thenComparing(SinkResult.Write::kind));
        problems.sort(Comparator.comparing(SinkResult.Problem::record));
        // The last plan counts what earlier attempts wrote as unchanged.
        int unchanged = Math.max(0, plan.unchanged() - written);
        return new SinkResult(writes, unchanged, plan.held().size(), problems);
      }
    }
  }

  private int written() {
    return (int) writes.stream().filter(write -> write.kind() != Kind.DELETED).count();
  }

  /** Writes the steps; returns whether a new plan is needed. */
  private boolean write(
      String namespace, List<Plan.Step<R>> steps, List<SinkResult.Problem> problems)
      throws InventoryException, InterruptedException {
    List<Outcome<R>> outcomes = writer.forEach(steps, records::write, this::endsWork);
    boolean planAgain = false;
    String lastMiss = "";
    for (int i = 0; i < outcomes.size(); i++) {
      Plan.Step<R> step = steps.get(i);
      Outcome<R> outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Fatal<R> fatal) {
        throw fatal.reason();
      }
      Optional<String> problem = outcome.problem();
      problem.ifPresentOrElse(
          text -> problems.add(new SinkResult.Problem(step.name(), text)),
          () -> writes.add(new SinkResult.Write(step.kind(), step.name(), step.summary())));
      planAgain |= outcome.needsNewPlan();
      lastMiss = outcome.responded() ? lastMiss : problem.orElse(lastMiss);
    }
    if (outcomes.size() < steps.size()) {
      throw records.errors().onNoResponse(namespace, lastMiss);
    }
    return planAgain;
  }

  /** Called by the writing threads. */
  private boolean endsWork(Outcome<R> outcome) {
    if (!outcome.responded()) {
      return misses.incrementAndGet() >= maxMisses;
    }
    misses.set(0);
    return outcome instanceof Outcome.Fatal<R>;
  }
}
