package io.vminventory.operator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.operator.OperatorProcess;
import io.vminventory.operator.config.RunOptions;
import io.vminventory.operator.config.RunOptions.Configuration;
import io.vminventory.operator.config.Version;
import io.vminventory.operator.kube.ApiClients;
import io.vminventory.operator.kube.ClientConfig;
import io.vminventory.operator.log.JsonLines;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Command that runs the operator until SIGTERM or SIGINT. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Runs the operator until SIGTERM or Ctrl-C.",
      "",
      "Each option is also an environment variable; the option wins. The Kubernetes side is found"
          + " as kubectl finds it (KUBECONFIG, ~/.kube/config), or in the cluster that it runs in.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  VCENTER_HOST=vcenter.example.com VCENTER_CA_FILE=/etc/ssl/vcenter.pem \\",
      "    java -jar vminventory-operator.jar run"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped by a signal", "1:failed", "2:wrong usage or settings"})
public final class RunCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    // Beside the reading of the settings: no other part takes longer to load.
    CompletableFuture<KubernetesClient> connecting =
        CompletableFuture.supplyAsync(RunCommand::connect);
    Configuration configuration;
    KubernetesClient client;
    try {
      configuration = options.configuration(options.providers());
      client = await(connecting);
    } catch (InventoryException e) {
      return fail(e, ExitCode.USAGE);
    }
    setLogLevel(options.logLevel());
    if (options.jsonLogs()) {
      JsonLines.use((LoggerContext) LoggerFactory.getILoggerFactory());
    }
    log.info("vminventory-operator {} on Java {}", Version.text(), Runtime.version());
    log.info("settings: {}", configuration.settings());
    OperatorProcess process =
        OperatorProcess.create(configuration.settings(), configuration.servers(), client);
    // Before the start, so that a signal during it leaves no session open.
    Thread hook = new Thread(() -> shutDown(process), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.start();
    } catch (InventoryException e) {
      if (removed(hook)) {
        process.close();
        return fail(e, ExitCode.SOFTWARE);
      }
    }
    String leader = process.awaitLoss();
    if (removed(hook)) {
      process.close();
      return fail(
          new InventoryException(
              Failure.UNAVAILABLE,
              leader + " is the leader now; this process exits, and stands by after a restart"),
          ExitCode.SOFTWARE);
    }
    new CountDownLatch(1).await(); // The hook ends the process.
    return ExitCode.OK;
  }

  private static KubernetesClient connect() {
    try {
      return new ApiClients().create(ClientConfig.find());
    } catch (InventoryException e) {
      throw new CompletionException(e);
    }
  }

  private static KubernetesClient await(CompletableFuture<KubernetesClient> connecting)
      throws InventoryException, InterruptedException {
    try {
      return connecting.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InventoryException known) {
        throw known;
      }
      throw new IllegalStateException("the Kubernetes client cannot be created", e.getCause());
    }
  }

  /** Whether the hook was removed; false if a signal has already started it. */
  private static boolean removed(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  /** A signal is a normal end: without the halt, the JVM would exit with 143. */
  private static void shutDown(OperatorProcess process) {
    process.close();
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private int fail(InventoryException e, int exitCode) {
    command.commandLine().getErr().println("vminventory-operator: " + e.getMessage());
    return exitCode;
  }

  /** Only for the operator's own lines: debug lines of the client can hold Secrets. */
  private static void setLogLevel(String level) {
    if (LoggerFactory.getLogger("io.vminventory") instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(Level.valueOf(level));
    }
  }
}
