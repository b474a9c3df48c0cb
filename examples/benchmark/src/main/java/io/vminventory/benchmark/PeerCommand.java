package io.vminventory.benchmark;

import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Command that {@link PeerProcess} starts: prints the address of the peer, then executes one
 * request per line until standard input is closed.
 */
@Command(name = "peer", hidden = true)
final class PeerCommand implements Callable<Integer> {

  /** Kind of peer. */
  enum Kind {
    VCENTER,
    KUBERNETES
  }

  static final String CA_FILE = "ca.pem";
  static final String PASSWORD = "pass";

  @Parameters(index = "0")
  private Kind kind = Kind.VCENTER;

  @Option(names = "--vms", description = "Machines per tenant.")
  private int vms;

  @Option(
      names = "--tenants",
      defaultValue = "0",
      description = "0: one account that sees everything.")
  private int tenants;

  @Option(names = "--directory", required = true)
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    switch (kind) {
      case VCENTER -> {
        try (VcenterSimulator vcenter = vcenter(tenants, vms)) {
          Files.writeString(directory.resolve(CA_FILE), vcenter.caPem());
          serve(vcenter.url().toString(), request -> execute(vcenter, request));
        }
      }
      case KUBERNETES -> {
        try (EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start()) {
          serve(
              kubernetes.writeKubeconfig(directory).toString(),
              request -> {
                throw new IllegalArgumentException("unknown request: " + request);
              });
        }
      }
    }
    return 0;
  }

  /** User name of the account that sees only the machines of this tenant. */
  static String account(int tenant) {
    return "t" + tenant;
  }

  /** Name of a machine; without tenants, {@code bench-0} is the first. */
  static String machineName(int tenants, int tenant, int machine) {
    return (tenants == 0 ? "bench-" : account(tenant) + "-m") + machine;
  }

  static VcenterSimulator vcenter(int tenants, int vms) {
    VcenterBuilder builder =
        VcenterSimulator.builder()
            .machines(Math.max(1, tenants) * vms, i -> machine(tenants, i / vms, i % vms));
    for (int tenant = 0; tenant < tenants; tenant++) {
      builder.account(account(tenant), PASSWORD, Visibility.folder(folder(tenant)));
    }
    return builder.start();
  }

  private static SimulatedMachine machine(int tenants, int tenant, int i) {
    String name = machineName(tenants, tenant, i);
    SimulatedMachine machine =
        SimulatedMachine.named(name)
            .cpus(1 + i % 8)
            .memoryMB(1024 * (1 + i % 16))
            .poweredOn()
            .guestHostName(name)
            .ip("10." + (tenant + i / 65_536) + "." + i / 256 % 256 + "." + i % 256);
    return tenants == 0 ? machine : machine.folder(folder(tenant));
  }

  private static String folder(int tenant) {
    return "/DC0/vm/" + account(tenant);
  }

  /** Executes a request: a change of the vCenter, or a query of its counters. */
  static String execute(VcenterSimulator vcenter, String request) {
    String[] words = request.split(" ", -1);
    return switch (words[0]) {
      case "reconfigure" -> {
        vcenter.reconfigure(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        yield "done";
      }
      case "rename" -> {
        vcenter.rename(words[1], words[2]);
        yield "done";
      }
      case "sessions" -> Integer.toString(vcenter.sessions().size());
      case "requests" -> vcenter.requests().toString();
      case "reset-requests" -> {
        vcenter.resetRequestCounts();
        yield "done";
      }
      default -> throw new IllegalArgumentException("unknown request: " + request);
    };
  }

  private static void serve(String address, UnaryOperator<String> handler) throws IOException {
    System.out.println(address);
    System.out.flush();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String request = in.readLine(); request != null; request = in.readLine()) {
      System.out.println(handler.apply(request));
      System.out.flush();
    }
  }
}
