package io.vminventory.operator.leader;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Identity of a process in an election. */
final class Identity {

  private static final int RANDOM_BYTES = 5;

  private Identity() {}

  /** The host's name, so that a person finds the pod, and a random suffix that makes it unique. */
  static String ofThisProcess() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return host() + "_" + HexFormat.of().formatHex(random);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
