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

/** Shared parts of commands that write one report to standard output. */
final class OneShotCommand {

  private static final int MAX_LINE_LENGTH = 2_000;

  private OneShotCommand() {}

  /**
   * A client with kubectl's configuration; its threads end with the process. From here on standard
   * output is for the report: warnings go to standard error, and other log lines are dropped.
   *
   * @throws InventoryException see {@link ClientConfig#find()}
   */
  static KubernetesClient createClient() throws InventoryException {
    logToStandardError();
    return new ApiClients().createOneShot(ClientConfig.find());
  }

  /** Prints the problem to standard error. */
  static void printError(CommandSpec command, InventoryException e) {
    PrintWriter err = command.commandLine().getErr();
    e.getMessage()
        .lines()
        .forEach(
            line ->
                err.println("vminventory-operator: " + DisplayText.clean(line, MAX_LINE_LENGTH)));
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
