package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has one tenant's records planned and writes what was planned; and again while others interfere, a
 * few times. Serves one call.
 */
final class ConflictRetry<R extends HasMetadata> {

  private static final int MOST_ROUNDS = 4;

  /** What to do about the records. */
  interface Decision<R extends HasMetadata> {

    /**
     * The plan for the records as they are now.
     *
     * @param granted how many deletions an earlier round was allowed
     */
    Plan<R> decide(int granted);
  }

  private final RecordWriter<R> records;
  private final ParallelWriter writer;
  private final int mostMisses;
  private final AtomicInteger misses = new AtomicInteger();
  private final List<SinkResult.Write> writes = new ArrayList<>();

  /**
   * @param mostMisses after how many requests in a row without an answer to give up
   */
  ConflictRetry(RecordWriter<R> records, ParallelWriter writer, int mostMisses) {
    this.records = records;
    this.writer = writer;
    this.mostMisses = mostMisses;
  }

  SinkResult run(String namespace, Decision<R> decision)
      throws InventoryException, InterruptedException {
    int granted = 0;
    for (int round = 1; ; round++) {
      Plan<R> plan = decision.decide(granted);
      granted = Math.max(granted, plan.deletions().size());
      List<SinkResult.Problem> problems = new ArrayList<>();
      int written = written();
      boolean stale = write(namespace, plan.deletions(), problems);
      stale |= write(namespace, plan.writes(), problems);
      if (!stale || round == MOST_ROUNDS) {
        writes.sort(
            Comparator.comparing(SinkResult.Write::record).thenComparing(SinkResult.Write::kind));
        problems.sort(Comparator.comparing(SinkResult.Problem::record));
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
  private boolean write(
      String namespace, List<Plan.Step<R>> steps, List<SinkResult.Problem> problems)
      throws InventoryException, InterruptedException {
    List<Outcome<R>> outcomes = writer.forEach(steps, records::write, this::endsWork);
    boolean stale = false;
    String silence = "";
    for (int i = 0; i < outcomes.size(); i++) {
      Plan.Step<R> step = steps.get(i);
      Outcome<R> outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Done<R>) {
        writes.add(new SinkResult.Write(step.kind(), step.name(), step.summary()));
      } else if (outcome instanceof Outcome.Stale<R>) {
        stale = true;
        problems.add(problem(step, "somebody else keeps changing it"));
      } else if (outcome instanceof Outcome.Refused<R> refused) {
        problems.add(problem(step, refused.message()));
      } else if (outcome instanceof Outcome.NoAnswer<R> noAnswer) {
        silence = noAnswer.message();
        stale |= noAnswer.lost();
        problems.add(problem(step, noAnswer.message()));
      } else if (outcome instanceof Outcome.Hopeless<R> hopeless) {
        throw hopeless.reason();
      }
    }
    if (outcomes.size() < steps.size()) {
      throw records.errors().onSilence(namespace, silence);
    }
    return stale;
  }

  /** Called by the writing threads. */
  private boolean endsWork(Outcome<R> outcome) {
    if (outcome instanceof Outcome.NoAnswer<R>) {
      return misses.incrementAndGet() >= mostMisses;
    }
    misses.set(0);
    return outcome instanceof Outcome.Hopeless<R>;
  }

  private static SinkResult.Problem problem(Plan.Step<?> step, String message) {
    return new SinkResult.Problem(step.name(), message);
  }
}
