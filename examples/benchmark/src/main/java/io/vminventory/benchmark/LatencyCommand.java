package io.vminventory.benchmark;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.ProviderSettings;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.OperatorProcess;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.ServerSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long a change in vCenter takes until somebody who watches the records sees it: one
 * change after the other, with pauses of random length between.
 */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "From the end of a task in vCenter to the watch event of the API server.")
final class LatencyCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NAMESPACE = "bench-latency";

  @Option(names = "--kubeconfig", required = true)
  private Path kubeconfig = Path.of("");

  @Option(names = "--vcenter-url", required = true)
  private URI url = URI.create("");

  @Option(names = "--vcenter-ca-file", required = true)
  private Path caFile = Path.of("");

  @Option(names = "--username", required = true)
  private String username = "";

  @Option(names = "--password", required = true)
  private String password = "";

  @Option(names = "--changes", defaultValue = "100")
  private int changes = 100;

  private final Figures whole = new Figures("task ended -> watch event");
  private final Figures announced = new Figures("task ended -> the vCenter has told the operator");
  private final Figures own = new Figures("told -> watch event (the operator and the API server)");
  private final Random random = new Random(42);

  @Override
  public Integer call() throws Exception {
    InventoryProvider vcenter =
        new VsphereProviderFactory()
            .create(
                new ProviderSettings(
                    "default", Map.of("host", url.toString(), "ca-file", caFile.toString())));
    TimedProvider timed = new TimedProvider(vcenter);
    try (Cluster cluster = new Cluster(kubeconfig);
        VcenterAdmin admin = VcenterAdmin.login(url, Files.readString(caFile), username, password);
        OperatorProcess operator = operator(timed, cluster.open())) {
      operator.start();
      cluster.register(NAMESPACE, username, password);
      while (cluster.ready() < 1) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      System.out.printf("%d records, %d changes%n", cluster.records(), changes);
      try (Records records = new Records(cluster.client())) {
        measure(admin, records, timed);
      }
      cluster.client().namespaces().withName(NAMESPACE).delete();
    }
    System.out.println(whole);
    System.out.println(announced);
    System.out.println(own);
    return own.count() == changes ? 0 : 1;
  }

  private OperatorProcess operator(InventoryProvider provider, KubernetesClient client)
      throws InventoryException {
    ServerSettings settings =
        new ServerSettings("vsphere", new ProviderSettings("default", Map.of()));
    return OperatorProcess.create(
        new OperatorSettings(List.of(settings), Set.of(NAMESPACE), "", 0, 16, Optional.empty()),
        new Servers(Map.of("default", new Servers.Server("vsphere", provider))),
        client);
  }

  private void measure(VcenterAdmin admin, Records records, TimedProvider timed)
      throws InterruptedException, IOException {
    String source = admin.machines().get(0);
    String copy = "";
    for (int i = 0; i < changes; i++) {
      TimeUnit.MILLISECONDS.sleep(400 + random.nextInt(400));
      records.forget();
      String name = "bench-" + i / 5;
      Predicate<Records.Seen> wanted;
      switch (i % 5) {
        case 0 -> {
          copy = admin.cloneMachine(source, name);
          wanted = seen -> !seen.deleted() && name.equals(name(seen.vm()));
        }
        case 1 -> {
          admin.reconfigure(copy, 3, 3072);
          wanted = seen -> memoryMB(seen.vm()) == 3072;
        }
        case 2 -> {
          admin.powerOn(copy);
          wanted = seen -> "poweredOn".equals(power(seen.vm()));
        }
        case 3 -> {
          admin.powerOff(copy);
          wanted = seen -> "poweredOff".equals(power(seen.vm()));
        }
        default -> {
          admin.destroy(copy);
          wanted = Records.Seen::deleted;
        }
      }
      note(System.nanoTime(), records, wanted.and(about(copy)), timed);
    }
  }

  private void note(long done, Records records, Predicate<Records.Seen> wanted, TimedProvider timed)
      throws InterruptedException {
    Records.Seen seen =
        records
            .await(wanted, PATIENCE)
            .orElseThrow(() -> new IllegalStateException("a change has not arrived"));
    whole.add(Duration.ofNanos(seen.nanoTime() - done));
    announced.add(Duration.ofNanos(timed.told() - done));
    own.add(Duration.ofNanos(seen.nanoTime() - timed.told()));
  }

  private static Predicate<Records.Seen> about(String machine) {
    return seen -> seen.vm().getSpec().source().key().endsWith("/" + machine);
  }

  private static @Nullable String name(VmResource vm) {
    return vm.getStatus() == null ? null : vm.getStatus().vmname();
  }

  private static int memoryMB(VmResource vm) {
    Integer memoryMB = vm.getStatus() == null ? null : vm.getStatus().memoryMB();
    return memoryMB == null ? 0 : memoryMB;
  }

  private static String power(VmResource vm) {
    return vm.getStatus() == null ? "" : String.valueOf(vm.getStatus().powerState());
  }
}
