package com.example.machines;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.DryRun;
import io.vminventory.k8s.sink.KubernetesInventorySink;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.k8s.sink.WritePermit;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the virtual machines of a vCenter account as flat Machine objects. */
@Command(
    name = "own-resource",
    description = "Keeps the virtual machines of a vCenter account as flat Machine objects.",
    mixinStandardHelpOptions = true,
    version = "own-resource 1",
    sortOptions = false,
    footer = {
      "",
      "The first three have environment variables: VCENTER_HOST, VCENTER_CA_FILE, VCENTER_USERNAME."
          + " The password comes from a file or from VCENTER_PASSWORD, never from the command line."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the records are up to date; with --dry-run: nothing was written",
      "1:some records are held or could not be written, or a server did not respond",
      "2:wrong usage or settings"
    })
public final class Main implements Callable<Integer> {

  private static final Set<String> ABOUT_VCENTER = Set.of("--host", "--ca-file", "--username");

  private final Map<String, String> environment;

  @Spec private CommandSpec command;

  @Option(names = "--host", description = "The vCenter: a host, host:port or an https URL.")
  private String host;

  @Option(
      names = "--ca-file",
      description = "PEM file of the authority that signed its certificate.")
  private String caFile;

  @Option(names = "--username", required = true, description = "The account.")
  private String username;

  @Option(names = "--password-file", description = "File whose first line is the password.")
  private Path passwordFile;

  @Option(names = "--namespace", required = true, description = "Where the records are.")
  private String namespace;

  @Option(
      names = "--tenant",
      defaultValue = "machines",
      description = "Owner of the records, if several programs write there (${DEFAULT-VALUE}).")
  private String tenantName;

  @Option(
      names = "--kubeconfig",
      description = "How to reach Kubernetes; else as kubectl and pods find it.")
  private File kubeconfig;

  @Option(names = "--watch", description = "Keep running, and keep the records up to date.")
  private boolean watch;

  @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
  private boolean dryRun;

  @Option(
      names = "--confirm-deletions",
      defaultValue = "0",
      description = "Agree to this number of held deletions; not together with --watch.")
  private int confirmedDeletions;

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    // A signal interrupts the call under way, which then logs out.
    Thread hook =
        new Thread(
            () -> {
              main.interrupt();
              try {
                main.join(5_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "end");
    Runtime.getRuntime().addShutdownHook(hook);
    int exitCode = commandLine(System.getenv()).execute(args);
    if (!Thread.currentThread().isInterrupted()) {
      Runtime.getRuntime().removeShutdownHook(hook);
      System.exit(exitCode);
    }
  }

  /** The command line in an environment; options about vCenter default to its variables. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main(environment))
        .setUsageHelpWidth(100)
        .setDefaultValueProvider(
            argument ->
                argument instanceof OptionSpec option
                        && ABOUT_VCENTER.contains(option.longestName())
                    ? environment.get(variable(option.longestName()))
                    : null);
  }

  private static String variable(String option) {
    return "VCENTER_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public Integer call() {
    if (watch && (dryRun || confirmedDeletions > 0)) {
      throw usageError("--watch goes neither with --dry-run nor with --confirm-deletions");
    }
    Tenant tenant =
        new Tenant(new TenantId(namespace, tenantName), username, password(), namespace);
    try (KubernetesClient client = client();
        KubernetesInventorySink sink =
            new KubernetesInventorySink(
                client,
                new MachineFormat(),
                SinkOptions.defaults(),
                WritePermit.ALWAYS,
                InstantSource.system())) {
      Mirror mirror =
          new Mirror(
              vcenter(),
              sink,
              tenant,
              result -> print(Report.of(result)),
              failure -> printError(failure.getMessage()));
      if (watch) {
        mirror.watch();
      }
      if (dryRun) {
        DryRun run =
            new DryRun(client, new MachineFormat(), SinkOptions.defaults(), InstantSource.system());
        print(Report.of(run.plan(tenant, mirror.read(), confirmedDeletions)));
        return 0;
      }
      SinkResult result = mirror.once(confirmedDeletions);
      print(Report.of(result));
      return result.complete() ? 0 : 1;
    } catch (InventoryException e) {
      printError(e.getMessage());
      return switch (e.failure()) {
        case MISCONFIGURED -> 2;
        case DENIED, UNAVAILABLE, INTERNAL -> 1;
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private KubernetesClient client() {
    return kubeconfig == null
        ? new KubernetesClientBuilder().build()
        : new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }

  private InventoryProvider vcenter() throws InventoryException {
    Map<String, String> settings = new HashMap<>();
    if (host != null) {
      settings.put("host", host);
    }
    if (caFile != null) {
      settings.put("ca-file", caFile);
    }
    return new VsphereProviderFactory().create(new ProviderSettings("vCenter", settings));
  }

  private Secret password() {
    if (passwordFile == null) {
      String value = environment.getOrDefault("VCENTER_PASSWORD", "");
      if (value.isEmpty()) {
        throw usageError("No password: name a file by --password-file, or set VCENTER_PASSWORD");
      }
      return Secret.of(value);
    }
    try {
      String line = Files.readString(passwordFile).lines().findFirst().orElse("");
      if (line.isEmpty()) {
        throw usageError(
            "The first line of " + passwordFile + " is empty; write the password there");
      }
      return Secret.of(line);
    } catch (IOException e) {
      throw usageError("Cannot read the password from " + passwordFile + ": " + e);
    }
  }

  private void print(List<String> lines) {
    PrintWriter out = command.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }

  private void printError(String line) {
    command.commandLine().getErr().println(line);
  }

  private ParameterException usageError(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
