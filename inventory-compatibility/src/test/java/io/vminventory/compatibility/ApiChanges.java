package io.vminventory.compatibility;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What no longer compiles or links because an API became another one: {@code - line} for what
 * vanished or changed, {@code + line} for what those have to implement now who implement a type.
 */
final class ApiChanges {

  private ApiChanges() {}

  static Set<String> breaks(List<String> released, List<String> current) {
    Set<String> breaks = new TreeSet<>();
    Set<String> now = new HashSet<>(current);
    released.stream()
        .filter(line -> !now.contains(line))
        .filter(line -> !now.contains(line + " deprecated"))
        .map(line -> "- " + line)
        .forEach(breaks::add);

    Set<String> before = new HashSet<>(released);
    Set<String> implementable =
        released.stream()
            .filter(ApiChanges::isImplementable)
            .map(ApiChanges::type)
            .collect(Collectors.toSet());
    current.stream()
        .filter(line -> !before.contains(line))
        .filter(line -> line.matches("\\S+ \\. \\S+ abstract .*"))
        .filter(line -> implementable.contains(type(line)))
        .map(line -> "+ " + line)
        .forEach(breaks::add);
    return breaks;
  }

  /** Whether somebody else may have written a class that extends or implements the type. */
  private static boolean isImplementable(String line) {
    return line.matches("\\S+ : (?!.*\\b(final|sealed)\\b.* (class|interface)\\b).*");
  }

  private static String type(String line) {
    return line.substring(0, line.indexOf(' '));
  }
}
