package com.example.machines;

import io.vminventory.api.SinkResult;
import io.vminventory.k8s.sink.PlannedChanges;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Report of what was written, or would be, as lines. */
final class Report {

  private Report() {}

  static List<String> of(SinkResult result) {
    Stream<String> writes =
        result.writes().stream().map(write -> line(write.kind(), write.record(), write.summary()));
    Stream<String> problems =
        result.problems().stream()
            .map(problem -> "! " + problem.record() + ": " + problem.message());
    return lines(
        Stream.concat(writes, problems),
        Stream.of(SinkResult.Kind.values()).collect(Collectors.toMap(kind -> kind, result::count)),
        result.unchanged(),
        result.heldDeletions());
  }

  static List<String> of(PlannedChanges planned) {
    return lines(
        planned.steps().stream()
            .map(
                step ->
                    line(
                        step.kind(),
                        step.record(),
                        step.changes().isEmpty()
                            ? step.machine()
                            : step.changes().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ")))),
        Stream.of(SinkResult.Kind.values()).collect(Collectors.toMap(kind -> kind, planned::count)),
        planned.unchanged(),
        planned.held().size());
  }

  private static String line(SinkResult.Kind kind, String record, String summary) {
    String sign =
        switch (kind) {
          case CREATED -> "+";
          case CHANGED -> "~";
          case DELETED -> "-";
        };
    return sign + " " + record + ": " + summary;
  }

  private static List<String> lines(
      Stream<String> each, Map<SinkResult.Kind, Integer> counts, int unchanged, int held) {
    String sum =
        String.format(
            Locale.ROOT,
            "%d created, %d changed, %d deleted, %d unchanged",
            counts.get(SinkResult.Kind.CREATED),
            counts.get(SinkResult.Kind.CHANGED),
            counts.get(SinkResult.Kind.DELETED),
            unchanged);
    Stream<String> hold =
        held == 0
            ? Stream.empty()
            : Stream.of(
                held
                    + " deletions held: too many at once. If those machines are really gone, run"
                    + " once with --confirm-deletions "
                    + held);
    return Stream.of(each, Stream.of(sum), hold).flatMap(lines -> lines).toList();
  }
}
