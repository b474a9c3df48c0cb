package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
@Tag("pure")
class ParallelWriterTest {

  private static final int THREADS = 4;

  private final ParallelWriter writer = new ParallelWriter(THREADS);
  private final List<Integer> items = IntStream.range(0, 100).boxed().toList();

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void resultsComeInTheOrderOfTheItems() throws Exception {
    assertThat(writer.forEach(items, item -> -item, result -> false))
        .isEqualTo(items.stream().map(item -> -item).toList());
    assertThat(writer.forEach(List.<Integer>of(), item -> -item, result -> false)).isEmpty();
  }

  @Test
  void allThreadsWorkAndNoMore() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(THREADS);
    AtomicInteger working = new AtomicInteger();
    AtomicInteger maximum = new AtomicInteger();
    Set<String> threads = ConcurrentHashMap.newKeySet();

    writer.forEach(
        items,
        item -> {
          threads.add(Thread.currentThread().getName());
          maximum.accumulateAndGet(working.incrementAndGet(), Math::max);
          await(barrier);
          return working.decrementAndGet();
        },
        result -> false);

    assertThat(maximum).hasValue(THREADS);
    assertThat(threads)
        .containsExactlyInAnyOrder("vm-writer-1", "vm-writer-2", "vm-writer-3", "vm-writer-4");
  }

  @Test
  void noItemIsStartedAfterAStoppingResult() throws Exception {
    // With several threads, others may start an item before the stopping result is known.
    try (ParallelWriter one = new ParallelWriter(1)) {
      List<Integer> results = one.forEach(items, item -> item, result -> result == 10);

      assertThat(results).isEqualTo(items.subList(0, 11));
    }
  }

  @Test
  void interruptStartsNoMoreItemsAndWaitsForRunningOnes() {
    AtomicInteger started = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    Thread caller = Thread.currentThread();

    assertThatThrownBy(
            () ->
                writer.forEach(
                    items,
                    item -> {
                      if (started.incrementAndGet() == 10) {
                        caller.interrupt();
                      }
                      return ended.incrementAndGet();
                    },
                    result -> false))
        .isInstanceOf(InterruptedException.class);

    assertThat(ended).hasValue(started.get());
    assertThat(started).hasValueLessThan(items.size());
  }

  @Test
  void unexpectedFailureIsNotSwallowed() {
    assertThatThrownBy(
            () ->
                writer.forEach(
                    items,
                    item -> {
                      throw new UnsupportedOperationException("odd");
                    },
                    result -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("odd");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
