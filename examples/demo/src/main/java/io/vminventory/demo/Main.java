package io.vminventory.demo;

import io.vminventory.api.InventoryException;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Entry point of the demo: exit codes, and the end on a signal. */
public final class Main {

  private static final int SECONDS_TO_END = 10;

  private Main() {}

  public static void main(String[] args) {
    // Vert.x, below the Kubernetes client, would leave a folder for files that it never caches.
    System.setProperty("vertx.disableFileCPResolving", "true");
    CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(main, exitCode), "shutdown"));
    exitCode.complete(commandLine(new DemoCommand()).execute(args));
    System.exit(exitCode.join());
  }

  static CommandLine commandLine(DemoCommand command) {
    return new CommandLine(command)
        .setUsageHelpWidth(100)
        .setExecutionExceptionHandler(
            (e, commandLine, parsed) -> {
              // A signal ended the demo; failures on the way do not matter.
              if (e instanceof InterruptedException || Thread.interrupted()) {
                return ExitCode.OK;
              }
              explain(e, command.isVerbose(), commandLine.getErr());
              return ExitCode.SOFTWARE;
            });
  }

  private static void explain(Exception e, boolean verbose, PrintWriter err) {
    err.println("demo: " + (e instanceof InventoryException ? e.getMessage() : e.toString()));
    if (verbose) {
      e.printStackTrace(err);
    } else {
      err.println("demo: --verbose shows more");
    }
  }

  /**
   * Lets the main thread end what it has started. Ending on a signal is ending as asked: without
   * the halt, the JVM would exit with 130 or 143.
   */
  private static void end(Thread main, CompletableFuture<Integer> exitCode) {
    main.interrupt();
    int code = ExitCode.SOFTWARE;
    try {
      code = exitCode.get(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      System.err.println("demo: it did not end within " + SECONDS_TO_END + " s");
    } catch (ExecutionException | InterruptedException e) {
      System.err.println("demo: " + e);
    }
    Runtime.getRuntime().halt(code);
  }
}
