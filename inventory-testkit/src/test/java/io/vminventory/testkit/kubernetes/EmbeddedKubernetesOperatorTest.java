package io.vminventory.testkit.kubernetes;

import static io.vminventory.testkit.kubernetes.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.Machines.Machine;
import io.vminventory.testkit.kubernetes.Machines.MachineSpec;
import io.vminventory.testkit.kubernetes.Machines.MachineStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class EmbeddedKubernetesOperatorTest {

  private static final String FINALIZER = "example.com/cleanup";
  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(10));

  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();

  @BeforeEach
  void install() {
    kubernetes.install(Machines.definition());
  }

  @AfterEach
  void close() {
    kubernetes.close();
  }

  private Machine read(String name) {
    return kubernetes.client().resources(Machine.class).inNamespace("default").withName(name).get();
  }

  @Test
  void informerSeesEveryChange() throws InterruptedException {
    kubernetes.client().resource(machine("default", "a", "ann")).create();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (SharedIndexInformer<Machine> informer =
        kubernetes
            .client()
            .resources(Machine.class)
            .inAnyNamespace()
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(Machine machine) {
                    seen.add("added " + machine.getMetadata().getName());
                  }

                  @Override
                  public void onUpdate(Machine before, Machine machine) {
                    seen.add("updated " + machine.getSpec().owner());
                  }

                  @Override
                  public void onDelete(Machine machine, boolean unknown) {
                    seen.add("deleted " + machine.getMetadata().getName());
                  }
                })) {
      assertThat(informer.hasSynced()).isTrue();
      kubernetes.client().resource(machine("default", "b", "bob")).create();
      Machine b = read("b");
      b.setSpec(new MachineSpec("zoe", 1, true));
      kubernetes.client().resource(b).update();
      kubernetes.client().resource(b).delete();

      for (String expected : List.of("added a", "added b", "updated zoe", "deleted b")) {
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  @Test
  void operatorReconcilesAndCleansUp() {
    PoweringOn reconciler = new PoweringOn();
    Operator operator =
        new Operator(
            overrides ->
                overrides
                    .withKubernetesClient(kubernetes.client())
                    .withCloseClientOnStop(false)
                    .withLeaderElectionConfiguration(
                        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("lease")
                            .withLeaseNamespace("default")
                            .withIdentity("test")
                            .withExitOnStopLeading(false)
                            .build()));
    operator.register(reconciler);
    operator.start();
    try {
      kubernetes.client().resource(machine("default", "a", "ann")).create();
      SOON.until(() -> read("a"), machine -> machine.getStatus() != null);
      assertThat(read("a").getStatus().power()).isEqualTo("on by ann");
      assertThat(read("a").getFinalizers()).containsExactly(FINALIZER);

      Machine edited = read("a");
      edited.setSpec(new MachineSpec("bob", 1, true));
      kubernetes.client().resource(edited).update();
      SOON.until(() -> read("a").getStatus().power(), "on by bob"::equals);

      kubernetes.client().resource(edited).delete();
      SOON.until(() -> read("a") == null);
      assertThat(reconciler.cleanups).hasValue(1);
    } finally {
      operator.stop();
    }
  }

  /** Reports in the status that the machine is on. */
  @ControllerConfiguration(name = "powering-on", finalizerName = FINALIZER)
  static final class PoweringOn implements Reconciler<Machine>, Cleaner<Machine> {

    private final AtomicInteger cleanups = new AtomicInteger();

    @Override
    public UpdateControl<Machine> reconcile(Machine machine, Context<Machine> context) {
      Machine patch = new Machine();
      patch.setMetadata(
          new ObjectMetaBuilder()
              .withName(machine.getMetadata().getName())
              .withNamespace(machine.getMetadata().getNamespace())
              .build());
      patch.setStatus(new MachineStatus("on by " + machine.getSpec().owner(), List.of()));
      return UpdateControl.patchStatus(patch);
    }

    @Override
    public DeleteControl cleanup(Machine machine, Context<Machine> context) {
      cleanups.incrementAndGet();
      return DeleteControl.defaultDelete();
    }
  }
}
