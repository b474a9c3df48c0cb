package io.vminventory.api;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of one server, as an administrator wrote them. Providers read them through {@link
 * #read()}, which collects all mistakes and reports them at once.
 *
 * @param server the name that tenants use for the server, not blank
 * @param values setting names and their texts; none is secret (accounts belong to tenants)
 */
public record ProviderSettings(String server, Map<String, String> values) {

  public ProviderSettings {
    Checks.notBlank("server", server);
    values = Map.copyOf(values);
  }

  /** Starts reading. Read each setting that exists, then call {@link Reader#finish()}. */
  public Reader read() {
    return new Reader(this);
  }

  /** Reader of single settings that collects mistakes. Not thread-safe. */
  public static final class Reader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final ProviderSettings settings;
    private final Map<String, String> rest;
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> known = new TreeSet<>();

    private Reader(ProviderSettings settings) {
      this.settings = settings;
      this.rest = new TreeMap<>(settings.values());
    }

    /** The text of a setting; blank counts as not set. */
    public Optional<String> text(String name) {
      known.add(name);
      return Optional.ofNullable(rest.remove(name)).map(String::strip).filter(s -> !s.isEmpty());
    }

    /** The text of a required setting; {@code ""}, and a mistake noted, if it is missing. */
    public String required(String name) {
      Optional<String> value = text(name);
      if (value.isEmpty()) {
        problems.add(name + " is required");
      }
      return value.orElse("");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean fallback) {
      return text(name)
          .map(
              value ->
                  switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> {
                      problem(name, value, "is neither true nor false");
                      yield fallback;
                    }
                  })
          .orElse(fallback);
    }

    /** A time such as {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h} or {@code PT30S}. */
    public Duration duration(String name, Duration fallback, Duration min, Duration max) {
      Optional<String> value = text(name);
      if (value.isEmpty()) {
        return fallback;
      }
      Optional<Duration> parsed = parse(value.get());
      if (parsed.isEmpty()) {
        problem(name, value.get(), "is not a time; write for example 30s, 10m or 1h");
      } else if (parsed.get().compareTo(min) < 0 || parsed.get().compareTo(max) > 0) {
        problem(name, value.get(), "is not between " + min + " and " + max);
      } else {
        return parsed.get();
      }
      return fallback;
    }

    private static Optional<Duration> parse(String text) {
      Matcher simple = DURATION.matcher(text);
      if (simple.matches()) {
        long amount = Long.parseLong(simple.group(1));
        return Optional.of(
            switch (simple.group(2)) {
              case "ms" -> Duration.ofMillis(amount);
              case "s" -> Duration.ofSeconds(amount);
              case "m" -> Duration.ofMinutes(amount);
              default -> Duration.ofHours(amount);
            });
      }
      try {
        return Optional.of(Duration.parse(text));
      } catch (DateTimeParseException notIso) {
        return Optional.empty();
      }
    }

    /** Notes a mistake in a setting's value: what is wrong and what would be right. */
    public void problem(String name, String value, String wrong) {
      problems.add(name + " '" + value + "' " + wrong);
    }

    /**
     * Ends reading.
     *
     * @throws InventoryException {@link Failure#MISCONFIGURED} with all mistakes, including
     *     settings that were not read
     */
    public void finish() throws InventoryException {
      for (String name : rest.keySet()) {
        problems.add(
            name
                + " is not a setting; "
                + Suggestion.of(name, known).map(meant -> "did you mean " + meant + "? ").orElse("")
                + "There are: "
                + String.join(", ", known));
      }
      if (!problems.isEmpty()) {
        throw new InventoryException(
            Failure.MISCONFIGURED,
            "settings of server '" + settings.server() + "': " + String.join("; ", problems));
      }
    }
  }
}
