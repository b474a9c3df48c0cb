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
 * Command that measures the latency from a change in vCenter to its event on a watch of the
 * records. Changes come one at a time, with pauses of random length.
 */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description = "Latency from the end of a task in vCenter to the watch event of the API server.")
final class LatencyCommand implements Callable<Integer> {

  private static final Duration EVENT_TIMEOUT = Duration.ofSeconds(20);
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

  private final DurationStatistics total = new DurationStatistics("task ended -> watch event");
  private final DurationStatistics vcenterPart =
      new DurationStatistics("task ended -> update received by the operator");
  private final DurationStatistics operatorPart =
      new DurationStatistics("update received -> watch event");
  private final Random random = new Random(42);

  @Override
  public Integer call() throws Exception {
    InventoryProvider vsphere =
        new VsphereProviderFactory()
            .create(
                new ProviderSettings(
                    "default", Map.of("host", url.toString(), "ca-file", caFile.toString())));
    TimedProvider provider = new TimedProvider(vsphere);
    try (Cluster cluster = new Cluster(kubeconfig);
        VcenterAdmin admin = VcenterAdmin.login(url, Files.readString(caFile), username, password);
        OperatorProcess operator = operator(provider, cluster.newClient())) {
      operator.start();
      cluster.createTenant(NAMESPACE, username, password);
      while (cluster.readyTenants() < 1) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      System.out.printf("%d records, %d changes%n", cluster.countRecords(), changes);
      try (RecordEvents records = new RecordEvents(cluster.client())) {
        measure(admin, records, provider);
      }
      cluster.client().namespaces().withName(NAMESPACE).delete();
    }
    System.out.println(total);
    System.out.println(vcenterPart);
    System.out.println(operatorPart);
    return operatorPart.count() == changes ? 0 : 1;
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

  private void measure(VcenterAdmin admin, RecordEvents records, TimedProvider provider)
      throws InterruptedException, IOException {
    String source = admin.machines().get(0);
    String copy = "";
    for (int i = 0; i < changes; i++) {
      TimeUnit.MILLISECONDS.sleep(400 + random.nextInt(400));
      records.reset();
      String name = "bench-" + i / 5;
      Predicate<RecordEvents.Event> expected;
      switch (i % 5) {
        case 0 -> {
          copy = admin.cloneMachine(source, name);
          expected = event -> !event.deleted() && name.equals(name(event.vm()));
        }
        case 1 -> {
          admin.reconfigure(copy, 3, 3072);
          expected = event -> memoryMB(event.vm()) == 3072;
        }
        case 2 -> {
          admin.powerOn(copy);
          expected = event -> "poweredOn".equals(power(event.vm()));
        }
        case 3 -> {
          admin.powerOff(copy);
          expected = event -> "poweredOff".equals(power(event.vm()));
        }
        default -> {
          admin.destroy(copy);
          expected = RecordEvents.Event::deleted;
        }
      }
      addLatency(System.nanoTime(), records, expected.and(isAbout(copy)), provider);
    }
  }

  private void addLatency(
      long taskEnd,
      RecordEvents records,
      Predicate<RecordEvents.Event> expected,
      TimedProvider provider)
      throws InterruptedException {
    RecordEvents.Event event =
        records
            .await(expected, EVENT_TIMEOUT)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no watch event for the change within "
                            + EVENT_TIMEOUT.toSeconds()
                            + " s"));
    total.add(Duration.ofNanos(event.nanoTime() - taskEnd));
    vcenterPart.add(Duration.ofNanos(provider.lastUpdateNanoTime() - taskEnd));
    operatorPart.add(Duration.ofNanos(event.nanoTime() - provider.lastUpdateNanoTime()));
  }

  private static Predicate<RecordEvents.Event> isAbout(String machine) {
    return event -> event.vm().getSpec().source().key().endsWith("/" + machine);
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
