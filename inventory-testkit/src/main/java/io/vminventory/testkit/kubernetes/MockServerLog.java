package io.vminventory.testkit.kubernetes;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Log level of fabric8's mock web server, which logs each request by default. */
final class MockServerLog {

  /** Strong reference: java.util.logging drops the level of an unreferenced logger. */
  private static final Logger LOGGER = Logger.getLogger("io.fabric8.mockwebserver");

  private MockServerLog() {}

  static void quieten() {
    LOGGER.setLevel(Level.WARNING);
  }
}
