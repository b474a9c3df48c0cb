package io.vminventory.k8s.sink;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the records of one tenant, decides and writes; and again while others interfere, a few
 * times. Serves one call.
 */
final class Rounds {

  private static final int MOST_ROUNDS = 4;

  /** What to do about the records as they are found. */
  interface Decision {

    /**
     * The plan for what was found.
     *
     * @param granted how many deletions an earlier round was allowed
     */
    Plan decide(Observed observed, int granted);
  }

  private final RecordCache cache;
  private final RecordWriter records;
  private final ParallelWriter writer;
  private final int mostMisses;
  private final AtomicInteger misses = new AtomicInteger();
  private final List<SinkResult.Write> writes = new ArrayList<>();

  /**
   * @param mostMisses after how many requests in a row without an answer to give up
   */
  Rounds(RecordCache cache, RecordWriter records, ParallelWriter writer, int mostMisses) {
    this.cache = cache;
    this.records = records;
    this.writer = writer;
    this.mostMisses = mostMisses;
  }

  SinkResult run(Ownership ownership, String namespace, Decision decision)
      throws InventoryException, InterruptedException {
    int granted = 0;
    for (int round = 1; ; round++) {
      Observed observed = cache.observe(namespace, ownership);
      Plan plan = decision.decide(observed, granted);
      granted = Math.max(granted, plan.deletions().size());
      List<SinkResult.Problem> problems = new ArrayList<>();
      int written = written();
      boolean stale = write(namespace, plan.deletions(), problems);
      stale |= write(namespace, plan.writes(), problems);
      if (!stale || round == MOST_ROUNDS) {
        writes.sort(
            Comparator.comparing(SinkResult.Write::record).thenComparing(SinkResult.Write::kind));
        // What an earlier round has written is right now, but it was written.
        int unchanged = Math.max(0, plan.unchanged() - written);
        return new SinkResult(writes, unchanged, plan.held().size(), problems);
      }
    }
  }

  private int written() {
    return (int) writes.stream().filter(write -> write.kind() != Kind.DELETED).count();
  }

  /** Whether another look is needed: a step came too late, or its answer was lost. */
  private boolean write(String namespace, List<Plan.Step> steps, List<SinkResult.Problem> problems)
      throws InventoryException, InterruptedException {
    List<Outcome> outcomes = writer.forEach(steps, records::write, this::endsWork);
    boolean stale = false;
    String silence = "";
    for (int i = 0; i < outcomes.size(); i++) {
      Plan.Step step = steps.get(i);
      Outcome outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Done) {
        writes.add(new SinkResult.Write(step.kind(), step.name(), step.summary()));
      } else if (outcome instanceof Outcome.Stale) {
        stale = true;
        problems.add(problem(step, "somebody else keeps changing it"));
      } else if (outcome instanceof Outcome.Refused refused) {
        problems.add(problem(step, refused.message()));
      } else if (outcome instanceof Outcome.NoAnswer noAnswer) {
        silence = noAnswer.message();
        stale |= noAnswer.lost();
        problems.add(problem(step, noAnswer.message()));
      } else if (outcome instanceof Outcome.Hopeless hopeless) {
        throw hopeless.reason();
      }
    }
    if (outcomes.size() < steps.size()) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          "the API server takes no VM records in namespace " + namespace + ": " + silence);
    }
    return stale;
  }

  /** Called by the writing threads. */
  private boolean endsWork(Outcome outcome) {
    if (outcome instanceof Outcome.NoAnswer) {
      return misses.incrementAndGet() >= mostMisses;
    }
    misses.set(0);
    return outcome instanceof Outcome.Hopeless;
  }

  private static SinkResult.Problem problem(Plan.Step step, String message) {
    return new SinkResult.Problem(step.name(), message);
  }
}
