package io.vminventory.compatibility;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Words that texts for users do not contain, because they hide the actor, or because {@code report}
 * is clearer.
 */
final class PlainWords {

  private static final Pattern REJECTED =
      Pattern.compile("(?i)\\b(anybody|nobody|somebody|whoever|tell|tells|told)\\b");

  private static final Pattern CODE =
      Pattern.compile("(?s)^ *```.*?^ *```$|`[^`]*`|\\{@code[^}]*}", Pattern.MULTILINE);

  private PlainWords() {}

  /** The rejected words of a text, without its code, each with the words around it. */
  static List<String> rejected(String text) {
    String prose = withoutCode(text).replaceAll("\\s+", " ");
    return REJECTED.matcher(prose).results().map(word -> context(prose, word)).toList();
  }

  /** A page or a comment without blocks and pieces of code. */
  static String withoutCode(String text) {
    return CODE.matcher(text).replaceAll("");
  }

  private static String context(String prose, MatchResult word) {
    int from = Math.max(0, word.start() - 40);
    return prose.substring(from, Math.min(prose.length(), word.end() + 40));
  }
}
