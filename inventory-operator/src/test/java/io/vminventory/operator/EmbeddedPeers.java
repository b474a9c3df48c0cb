package io.vminventory.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.operator.kube.ApiClients;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Peers within this process, which support faults. */
final class EmbeddedPeers implements FaultPeers {

  static final String USERNAME = "tenant@vsphere.local";
  static final String PASSWORD = "s3cret&<Horse>";

  private final ApiClients clients = new ApiClients(Duration.ofSeconds(20));
  private final VcenterSimulator vcenter;
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();

  EmbeddedPeers() {
    this(builder -> builder);
  }

  /**
   * @param updateLimit maximum number of objects in an update set of the vCenter
   */
  EmbeddedPeers(int updateLimit) {
    this(builder -> builder.updateLimit(updateLimit));
  }

  /**
   * @param customizer of the vCenter
   */
  EmbeddedPeers(UnaryOperator<VcenterBuilder> customizer) {
    vcenter =
        customizer
            .apply(
                VcenterSimulator.builder()
                    .account(USERNAME, PASSWORD)
                    .datacenter("DC0", dc -> dc.cluster("C0", "C0-H0", "C0-H1").folder("elsewhere"))
                    .machines(
                        20,
                        i ->
                            SimulatedMachine.named("machine-" + i)
                                .poweredOn()
                                .ip("10.0.0." + (i + 1))))
            .start();
    CustomResourceDefinitions.all().forEach(kubernetes::install);
  }

  VcenterSimulator vcenter() {
    return vcenter;
  }

  EmbeddedKubernetes kubernetes() {
    return kubernetes;
  }

  @Override
  public KubernetesClient admin() {
    return kubernetes.client();
  }

  @Override
  public KubernetesClient operator() {
    return operator(kubernetes.url());
  }

  @Override
  public KubernetesClient operator(FaultRelay relay) {
    return operator(relay.url("http").toString());
  }

  private KubernetesClient operator(String url) {
    return clients.create(
        new ConfigBuilder(Config.empty()).withMasterUrl(url).withNamespace("default").build());
  }

  @Override
  public Path kubeconfig(FaultRelay relay, Path directory) {
    return KubeconfigFile.write(directory, "{server: '%s'}".formatted(relay.url("http")), "{}");
  }

  @Override
  public FaultRelay apiRelay() {
    return FaultRelay.to("127.0.0.1", URI.create(kubernetes.url()).getPort()).start();
  }

  @Override
  public FaultRelay vcenterRelay() {
    return FaultRelay.to("127.0.0.1", vcenter.port()).start();
  }

  @Override
  public Map<String, String> server() {
    return Map.of("host", vcenter.url().toString(), "thumbprint", vcenter.thumbprint());
  }

  @Override
  public String username() {
    return USERNAME;
  }

  @Override
  public String password() {
    return PASSWORD;
  }

  @Override
  public String create(String name) {
    return vcenter.add(SimulatedMachine.named(name).poweredOff());
  }

  @Override
  public String createElsewhere(String name) {
    return vcenter.add(SimulatedMachine.named(name).poweredOff().folder("/DC0/vm/elsewhere"));
  }

  @Override
  public boolean canName(String name) {
    return true;
  }

  @Override
  public void powerOn(String machine) {
    vcenter.powerOn(machine);
  }

  @Override
  public void rename(String machine, String name) {
    vcenter.rename(machine, name);
  }

  @Override
  public void destroy(String machine) {
    vcenter.remove(machine);
  }

  @Override
  public Map<String, MachineSummary> machines() {
    Map<String, MachineSummary> facts = new HashMap<>();
    vcenter
        .machines()
        .forEach(
            (id, machine) ->
                facts.put(
                    key(id),
                    new MachineSummary(
                        machine.name(), machine.powerState(), machine.cpus(), machine.memoryMB())));
    return facts;
  }

  @Override
  public String key(String machine) {
    return vcenter.instanceUuid() + "/" + machine;
  }

  @Override
  public void endSessions() {
    vcenter.endSessions();
  }

  @Override
  public int sessions() {
    return vcenter.sessions().size();
  }

  @Override
  public int vmWrites() {
    return kubernetes.requests().writes("vms");
  }

  @Override
  public void close() {
    clients.close();
    vcenter.close();
    kubernetes.close();
  }
}
