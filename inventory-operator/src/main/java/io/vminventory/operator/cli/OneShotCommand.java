package io.vminventory.operator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.core.ConsoleAppender;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.kube.ApiClients;
import io.vminventory.operator.kube.ClientConfig;
import java.io.PrintWriter;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** What commands share that look once and report on standard output. */
final class OneShotCommand {

  private static final int LINE_LENGTH = 2_000;

  private OneShotCommand() {}

  /**
   * A client as kubectl would be configured; its threads end with the process. From here on,
   * standard output is for the report: warnings go to standard error, and other lines nowhere.
   *
   * @throws InventoryException see {@link ClientConfig#find()}
   */
  static KubernetesClient client() throws InventoryException {
    logToStandardError();
    return new ApiClients().createOneShot(ClientConfig.find());
  }

  /** Says on standard error what is wrong. */
  static void printError(CommandSpec command, InventoryException e) {
    PrintWriter err = command.commandLine().getErr();
    e.getMessage()
        .lines()
        .forEach(
            line -> err.println("vminventory-operator: " + DisplayText.clean(line, LINE_LENGTH)));
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
