package io.vminventory.vsphere;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The cookies of one session with one server. What no header can hold, and more than any vCenter
 * sets, is not kept: a server can only spoil its own session by that. Not thread-safe.
 */
final class Cookies {

  /** A vCenter sets one or two. */
  static final int MOST = 8;

  static final int LONGEST = 1_024;

  /** Name and value as RFC 6265 allows them, and the quotation marks that vCenter sets. */
  private static final Pattern COOKIE = Pattern.compile("[\\w!#$%&'*+.^`|~-]+=[!-~&&[^;,\\\\]]*");

  private final Map<String, String> byName = new LinkedHashMap<>();

  /** Takes what an answer sets, as {@code name=value}; of two of one name the later counts. */
  void keep(List<String> set) {
    for (String cookie : set) {
      if (cookie.length() <= LONGEST && COOKIE.matcher(cookie).matches()) {
        String name = cookie.substring(0, cookie.indexOf('='));
        if (byName.size() < MOST || byName.containsKey(name)) {
          byName.put(name, cookie);
        }
      }
    }
  }

  /** The value of the header {@code Cookie}; empty without any. */
  String header() {
    return byName.values().stream().collect(joining("; "));
  }
}
