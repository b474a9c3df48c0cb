package io.vminventory.testkit.kubernetes;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps fabric8's mock web server from logging each request, which it does by default. */
final class MockServerLog {

  /** Held here, since java.util.logging forgets the level of a logger that nobody refers to. */
  private static final Logger LOGGER = Logger.getLogger("io.fabric8.mockwebserver");

  private MockServerLog() {}

  static void quieten() {
    LOGGER.setLevel(Level.WARNING);
  }
}
