package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * JSONPath of a printer column: fields, indexes, {@code [*]} and filters such as {@code
 * [?(@.type=="Ready")]}.
 */
final class ColumnPath {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.(?<field>(?:\\\\.|[^.\\[\\\\])+)|\\['(?<quoted>[^']+)'\\]|\\[(?<index>-?\\d+|\\*)\\]"
              + "|\\[\\?\\(@\\.(?<key>[^=!\\s]+)\\s*(?<op>==|!=)\\s*[\"'](?<text>[^\"']*)[\"']\\)\\]");

  private final List<Function<JsonNode, Stream<JsonNode>>> steps;

  private ColumnPath(List<Function<JsonNode, Stream<JsonNode>>> steps) {
    this.steps = steps;
  }

  /**
   * Parses a path such as {@code .status.conditions[?(@.type=="Ready")].status}.
   *
   * @throws IllegalArgumentException if it uses any other syntax
   */
  static ColumnPath parse(String path) {
    List<Function<JsonNode, Stream<JsonNode>>> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    if (end != path.length()) {
      throw new IllegalArgumentException("not a path of a printer column: " + path);
    }
    return new ColumnPath(steps);
  }

  private static Function<JsonNode, Stream<JsonNode>> step(Matcher matcher) {
    if (matcher.group("field") != null) {
      String field = matcher.group("field").replaceAll("\\\\(.)", "$1");
      return node -> Stream.of(node.path(field));
    }
    if (matcher.group("quoted") != null) {
      String field = matcher.group("quoted");
      return node -> Stream.of(node.path(field));
    }
    if (matcher.group("index") != null) {
      return index(matcher.group("index"));
    }
    ColumnPath key = parse("." + matcher.group("key"));
    String text = matcher.group("text");
    boolean wanted = matcher.group("op").equals("==");
    return node ->
        elements(node)
            .filter(
                item ->
                    key.find(item).stream().anyMatch(value -> value.asText().equals(text))
                        == wanted);
  }

  private static Function<JsonNode, Stream<JsonNode>> index(String text) {
    if (text.equals("*")) {
      return ColumnPath::elements;
    }
    int index = Integer.parseInt(text);
    return node -> Stream.of(node.path(index < 0 ? node.size() + index : index));
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return node.isArray() ? node.valueStream() : Stream.empty();
  }

  /** The values at this path, in order; empty if there are none. */
  List<JsonNode> find(JsonNode root) {
    Stream<JsonNode> found = Stream.of(root);
    for (Function<JsonNode, Stream<JsonNode>> step : steps) {
      found = found.flatMap(step);
    }
    return found.filter(node -> !node.isMissingNode() && !node.isNull()).toList();
  }
}
