package io.vminventory.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.vminventory.api.InventoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command line of the demo. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
      "Runs the operator between an embedded vCenter and an embedded Kubernetes, shows its"
          + " records,",
      "and keeps running for your kubectl until Ctrl-C. Nothing leaves this machine.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ended as asked", "1:failed", "2:wrong usage"})
final class DemoCommand implements Callable<Integer> {

  private static final Duration TENANTS_READY = Duration.ofSeconds(60);

  @Option(
      names = "--live",
      description = "Change a machine every few seconds, and show its record.")
  private boolean live;

  @Option(
      names = "--once",
      description = "End by itself: after the tables, with --live after one round of changes.")
  private boolean once;

  @Option(names = "--verbose", description = "Show what the operator logs.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it.
  private boolean help;

  @Spec private CommandSpec command = CommandSpec.create();

  /** Ends waits that only an interrupt or a timeout may end. */
  private final CountDownLatch never = new CountDownLatch(1);

  private final String kubectlProgram;
  private final Duration pause;

  DemoCommand() {
    this("kubectl", Duration.ofSeconds(3));
  }

  /**
   * @param kubectl a file, or a name to be found on the PATH
   * @param pause the time between two changes
   */
  DemoCommand(String kubectl, Duration pause) {
    this.kubectlProgram = kubectl;
    this.pause = pause;
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() throws InventoryException, IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    if (!verbose) {
      log(Logger.ROOT_LOGGER_NAME, Level.WARN);
    }
    // Interrupts are how the demo is ended; this one warns of each with a stack trace.
    log("io.javaoperatorsdk.operator.api.config.ExecutorServiceManager", Level.ERROR);
    out.println("Starting an embedded vCenter, an embedded Kubernetes and the operator ...");
    out.println();
    try (DemoWorld world = new DemoWorld()) {
      world.start();
      Path kubeconfig = world.writeKubeconfig();
      introduce(world, kubeconfig, out);
      world.awaitReady(TENANTS_READY);
      Tables tables = new Tables(world.kubernetesUrl());
      Kubectl kubectl = new Kubectl(kubectlProgram, kubeconfig);
      show(kubectl, tables, "tenant", Story.NAMESPACE, out);
      for (Story.Registration tenant : Story.TENANTS) {
        show(kubectl, tables, "vm", tenant.targetNamespace(), out);
      }
      if (live) {
        play(new LiveShow(world, tables, out));
      } else if (!once) {
        out.println("Running until Ctrl-C. ./demo --live changes machines while you watch.");
        never.await();
      }
      return ExitCode.OK;
    }
  }

  private static void log(String logger, Level level) {
    if (LoggerFactory.getLogger(logger) instanceof Logger ours) {
      ours.setLevel(level);
    }
  }

  private static void introduce(DemoWorld world, Path kubeconfig, PrintWriter out) {
    out.printf(
        """
          vCenter      %s, over TLS, %d machines
          Kubernetes   %s
          operator     follows what each tenant's account sees

        """,
        world.vcenter().url(), world.vcenter().machines().size(), world.kubernetesUrl());
    out.printf(
        """
        Try in another terminal, until this ends:

          export KUBECONFIG=%s
          kubectl get tenant
          kubectl get vm -n test-tenant
          kubectl get vm -n test-tenant -o wide
          kubectl get vm -n test-tenant --sort-by=.status.numCpu
          kubectl describe tenant test
          kubectl get vm -A
          kubectl get vm -n test-tenant --watch

        """,
        kubeconfig);
  }

  /** Prints the objects by kubectl, or the same table without it. */
  private static void show(
      Kubectl kubectl, Tables tables, String singular, String namespace, PrintWriter out)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("get", singular));
    if (!namespace.equals(Story.NAMESPACE)) {
      arguments.addAll(List.of("-n", namespace));
    }
    Optional<String> printed = kubectl.run(arguments);
    out.println("$ kubectl " + String.join(" ", arguments));
    out.println(printed.isPresent() ? printed.get() : tables.of(singular + "s", namespace));
  }

  private void play(LiveShow show) throws InventoryException, IOException, InterruptedException {
    do {
      for (LiveChange change : LiveChange.round()) {
        show.play(change);
        if (never.await(jittered(pause), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } while (!once);
  }

  /** Half to one and a half: even pauses would meet the operator's reads at the same moment. */
  private static long jittered(Duration pause) {
    return (long) (pause.toMillis() * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
  }
}
