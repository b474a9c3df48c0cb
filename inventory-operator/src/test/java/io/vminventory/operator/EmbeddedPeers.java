package io.vminventory.operator;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.util.Map;

/** Peers in this process, with faults at hand. */
final class EmbeddedPeers implements Peers {

  static final String USERNAME = "tenant@vsphere.local";
  static final String PASSWORD = "s3cret&<Horse>";

  /** As on a vCenter. */
  private static final int UPDATE_LIMIT = 100;

  private final VcenterSimulator vcenter;
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();

  EmbeddedPeers() {
    this(UPDATE_LIMIT);
  }

  /**
   * @param updateLimit how many objects the vCenter puts into a set of updates
   */
  EmbeddedPeers(int updateLimit) {
    vcenter =
        VcenterSimulator.builder()
            .account(USERNAME, PASSWORD)
            .datacenter("DC0", dc -> dc.cluster("C0", "C0-H0", "C0-H1").folder("elsewhere"))
            .machines(
                20, i -> SimulatedMachine.named("machine-" + i).poweredOn().ip("10.0.0." + (i + 1)))
            .updateLimit(updateLimit)
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
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(kubernetes.client().getConfiguration()).build())
        .build();
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
  public int sessions() {
    return vcenter.sessions().size();
  }

  @Override
  public int vmWrites() {
    return kubernetes.requests().writes("vms");
  }

  @Override
  public void close() {
    vcenter.close();
    kubernetes.close();
  }
}
