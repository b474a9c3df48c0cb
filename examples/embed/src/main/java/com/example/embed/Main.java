package com.example.embed;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the virtual machines that a vCenter account may see. */
@Command(
    name = "embed",
    description = "Prints the virtual machines that a vCenter account may see.",
    mixinStandardHelpOptions = true,
    version = "embed 1",
    sortOptions = false,
    footer = {
      "",
      "Each option has an environment variable, such as VCENTER_CA_FILE for --ca-file. The password"
          + " comes from a file or from VCENTER_PASSWORD, never from the command line."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:printed",
      "1:vCenter refused the account or did not respond",
      "2:wrong usage or settings"
    })
public final class Main implements Callable<Integer> {

  private final Map<String, String> environment;

  @Spec private CommandSpec command;

  @Option(names = "--host", description = "The vCenter: a host, host:port or an https URL.")
  private String host;

  @Option(
      names = "--ca-file",
      description = "PEM file of the authority that signed its certificate.")
  private String caFile;

  @Option(
      names = "--thumbprint",
      description = "SHA-256 of its certificate, in place of an authority.")
  private String thumbprint;

  @Option(names = "--username", required = true, description = "The account.")
  private String username;

  @Option(names = "--password-file", description = "File whose first line is the password.")
  private Path passwordFile;

  @Option(names = "--json", description = "Print JSON and not a table.")
  private boolean json;

  private Main(Map<String, String> environment) {
    this.environment = environment;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  /** The command line in an environment; options default to its variables. */
  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main(environment))
        .setUsageHelpWidth(100)
        .setDefaultValueProvider(
            argument ->
                argument instanceof OptionSpec option
                    ? environment.get(variable(option.longestName()))
                    : null);
  }

  private static String variable(String option) {
    return "VCENTER_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public Integer call() throws InterruptedException {
    Secret password = password();
    try {
      Inventory inventory = read(password);
      PrintWriter out = command.commandLine().getOut();
      out.print(json ? MachineJson.of(inventory) : MachineTable.of(inventory));
      out.flush();
      return 0;
    } catch (InventoryException e) {
      command.commandLine().getErr().println(e.getMessage());
      return switch (e.failure()) {
        case MISCONFIGURED -> 2;
        case DENIED, UNAVAILABLE, INTERNAL -> 1;
      };
    }
  }

  private Inventory read(Secret password) throws InventoryException, InterruptedException {
    Map<String, String> settings = new HashMap<>();
    put(settings, "host", host);
    put(settings, "ca-file", caFile);
    put(settings, "thumbprint", thumbprint);
    InventoryProvider vcenter =
        new VsphereProviderFactory().create(new ProviderSettings("vCenter", settings));

    // Without Kubernetes, the id and the target of a tenant are your choice.
    Tenant tenant = new Tenant(new TenantId("embed", "me"), username, password, "none");
    try (InventorySession session = vcenter.open(tenant, SessionPurpose.READ)) {
      if (session.next(Duration.ZERO) instanceof Update.Snapshot snapshot) {
        return snapshot.inventory();
      }
      throw new IllegalStateException("the first update of a session is a snapshot");
    }
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (value != null) {
      settings.put(name, value);
    }
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

  private ParameterException usageError(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
