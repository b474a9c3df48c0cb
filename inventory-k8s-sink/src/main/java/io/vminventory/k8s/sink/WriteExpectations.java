package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.RecordIndex.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells our own writes from those of others. A watch may tell of a write before its answer is here,
 * so news of a place that is being written to wait until it is. Not thread-safe.
 */
final class WriteExpectations<R extends HasMetadata> {

  /**
   * RecordEvent of an object.
   *
   * @param object the object, if it is gone as it was
   * @param owners whose records it was and is
   */
  record RecordEvent<R extends HasMetadata>(R object, boolean gone, Set<TenantId> owners) {

    private boolean tellOf(R sent, Outcome.Done<R> done) {
      return done.now()
          .map(now -> !gone && RecordVersions.of(object).equals(RecordVersions.of(now)))
          .orElseGet(() -> gone && RecordCache.uid(object).equals(RecordCache.uid(sent)));
    }
  }

  private static final class Writing<R extends HasMetadata> {
    private int count;
    private final List<RecordEvent<R>> held = new ArrayList<>();
  }

  private final Map<ObjectKey, Writing<R>> writing = new HashMap<>();

  void begin(ObjectKey place) {
    writing.computeIfAbsent(place, any -> new Writing<>()).count++;
  }

  /** Whom to tell the news: nobody as long as they may be about a write of ours. */
  Set<TenantId> judge(RecordEvent<R> news) {
    Writing<R> here = writing.get(ObjectKey.of(news.object()));
    if (here == null) {
      return news.owners();
    }
    here.held.add(news);
    return Set.of();
  }

  /**
   * A write has ended.
   *
   * @param sent the object of the step
   * @return whom to tell what the write does not explain
   */
  Set<TenantId> end(R sent, Outcome<R> outcome) {
    Writing<R> here = Objects.requireNonNull(writing.get(ObjectKey.of(sent)), "not begun");
    if (outcome instanceof Outcome.Done<R> done) {
      here.held.removeIf(news -> news.tellOf(sent, done));
    }
    if (--here.count > 0) {
      return Set.of();
    }
    writing.remove(ObjectKey.of(sent));
    Set<TenantId> owners = new HashSet<>();
    here.held.forEach(news -> owners.addAll(news.owners()));
    return owners;
  }
}
