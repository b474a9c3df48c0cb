package io.vminventory.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.ConsoleAppender;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** What commands share that look once and report on standard output. */
final class OneLook {

  private OneLook() {}

  /**
   * A client as kubectl would be configured; its threads end with the process. From here on,
   * standard output is for the report: warnings go to standard error, and other lines nowhere.
   */
  static KubernetesClient client() {
    logToStandardError();
    return new ApiClients().createForOneLook(Config.autoConfigure(null));
  }

  private static void logToStandardError() {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      for (Iterator<?> all = root.iteratorForAppenders(); all.hasNext(); ) {
        if (all.next() instanceof ConsoleAppender<?> console) {
          console.setTarget("System.err");
          console.start();
        }
      }
      root.setLevel(Level.WARN);
    }
  }
}
