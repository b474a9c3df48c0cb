package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Label and field selectors. */
final class Selectors {

  private static final Pattern OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");
  private static final Pattern SET =
      Pattern.compile("\\s*(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
  private static final Pattern EQUALITY =
      Pattern.compile("\\s*([^=!\\s]+)\\s*(==|=|!=)\\s*(.*?)\\s*");
  private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*([^=!(),\\s]+)\\s*");

  private Selectors() {}

  /**
   * Matches labels. An object without the label matches {@code !=} and {@code notin}.
   *
   * @throws StatusException 400 if the selector is malformed
   */
  static Predicate<JsonNode> labels(String selector) {
    return all(selector, Selectors::label);
  }

  /**
   * Matches fields.
   *
   * @throws StatusException 400 if it names a field that is not selectable
   */
  static Predicate<JsonNode> fields(String selector, ResourceType type) {
    return all(selector, requirement -> field(requirement, type));
  }

  private static Predicate<JsonNode> all(
      String selector, Function<String, Predicate<JsonNode>> read) {
    if (selector.isBlank()) {
      return object -> true;
    }
    List<Predicate<JsonNode>> requirements =
        OUTSIDE_PARENTHESES.splitAsStream(selector).map(read).toList();
    return object -> requirements.stream().allMatch(requirement -> requirement.test(object));
  }

  private static Predicate<JsonNode> label(String requirement) {
    Matcher set = SET.matcher(requirement);
    if (set.matches()) {
      Set<String> values =
          Set.copyOf(Stream.of(set.group(3).split(",", -1)).map(String::strip).toList());
      boolean in = set.group(2).equals("in");
      return object -> {
        JsonNode label = object.path("metadata").path("labels").path(set.group(1));
        return (label.isTextual() && values.contains(label.asText())) == in;
      };
    }
    Matcher equality = EQUALITY.matcher(requirement);
    if (equality.matches()) {
      boolean equal = !equality.group(2).equals("!=");
      return object -> {
        JsonNode label = object.path("metadata").path("labels").path(equality.group(1));
        return (label.isTextual() && label.asText().equals(equality.group(3))) == equal;
      };
    }
    Matcher exists = EXISTS.matcher(requirement);
    if (exists.matches()) {
      boolean wanted = exists.group(1).isEmpty();
      return object -> object.path("metadata").path("labels").has(exists.group(2)) == wanted;
    }
    throw StatusException.badRequest("unable to parse requirement: '" + requirement + "'");
  }

  private static Predicate<JsonNode> field(String requirement, ResourceType type) {
    Matcher matcher = EQUALITY.matcher(requirement);
    if (!matcher.matches()) {
      throw StatusException.badRequest("invalid selector: '" + requirement + "'");
    }
    String field = matcher.group(1);
    boolean known =
        field.equals("metadata.name")
            || (field.equals("metadata.namespace") && type.namespaced())
            || type.selectableFields().contains(field);
    if (!known) {
      throw StatusException.badRequest("field label not supported: " + field);
    }
    String[] path = field.split("\\.", -1);
    boolean equal = !matcher.group(2).equals("!=");
    return object -> Json.text(object, path).equals(matcher.group(3)) == equal;
  }
}
