package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A property collector of a session: the reads that are not finished. Thread-safe. */
final class Collector {

  /**
   * The rest of a read.
   *
   * @param objects what to tell
   * @param max how many of them at once
   */
  record Rest(List<Traversal.Selected> objects, int max) {}

  private final Ref ref;
  private final Map<String, Rest> rests = new HashMap<>();
  private int tokens;

  Collector(Ref ref) {
    this.ref = ref;
  }

  Ref ref() {
    return ref;
  }

  /** Keeps the rest of a read and returns the token for it. */
  synchronized String keep(Rest rest) {
    String token = Integer.toString(tokens++);
    rests.put(token, rest);
    return token;
  }

  /** Takes the rest that a token stands for; a token is good for one use. */
  synchronized Rest take(String token) throws SoapFault {
    Rest rest = rests.remove(token);
    if (rest == null) {
      throw SoapFault.invalidArgument("token");
    }
    return rest;
  }

  synchronized void destroy() {
    rests.clear();
  }
}
