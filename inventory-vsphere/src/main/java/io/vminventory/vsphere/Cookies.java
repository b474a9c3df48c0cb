package io.vminventory.vsphere;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Cookies of one session with one server. It ignores cookies that no header can hold, and more than
 * any vCenter sets: a server can only spoil its own session by sending such. Not thread-safe.
 */
final class Cookies {

  /** A vCenter sets one or two. */
  static final int MAX_COOKIES = 8;

  static final int MAX_LENGTH = 1_024;

  /** Name and value as RFC 6265 allows them, and the quotation marks that vCenter sets. */
  private static final Pattern COOKIE = Pattern.compile("[\\w!#$%&'*+.^`|~-]+=[!-~&&[^;,\\\\]]*");

  private final Map<String, String> byName = new LinkedHashMap<>();

  /** Stores what a response sets, as {@code name=value}; the later of two of one name counts. */
  void store(List<String> set) {
    for (String cookie : set) {
      if (cookie.length() <= MAX_LENGTH && COOKIE.matcher(cookie).matches()) {
        String name = cookie.substring(0, cookie.indexOf('='));
        if (byName.size() < MAX_COOKIES || byName.containsKey(name)) {
          byName.put(name, cookie);
        }
      }
    }
  }

  /** The value of the header {@code Cookie}; empty if there is none. */
  String header() {
    return byName.values().stream().collect(joining("; "));
  }
}
