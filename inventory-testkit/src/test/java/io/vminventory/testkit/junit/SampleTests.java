package io.vminventory.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.testkit.ManualClock;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/** Test classes as users write them, run by {@link InventoryTestkitTest}. */
final class SampleTests {

  private SampleTests() {}

  private static void report(TestReporter reporter, VcenterSimulator vcenter) {
    reporter.publishEntry("vcenter", Integer.toString(vcenter.port()));
  }

  @ExtendWith(InventoryTestkit.class)
  static class EachTestHasItsOwn {

    private final VcenterSimulator constructed;

    EachTestHasItsOwn(VcenterSimulator vcenter) {
      constructed = vcenter;
    }

    @BeforeEach
    void sameInstance(VcenterSimulator vcenter) {
      assertThat(vcenter).isSameAs(constructed);
    }

    @AfterEach
    void stillOpen(VcenterSimulator vcenter) throws Exception {
      assertThat(vcenter).isSameAs(constructed);
      new Socket(InetAddress.getLoopbackAddress(), vcenter.port()).close();
    }

    @Test
    void one(VcenterSimulator vcenter, TestReporter reporter) {
      report(reporter, vcenter);
      assertThat(vcenter.machines()).hasSize(11);
      vcenter.remove("nwcd-ike-clean");
    }

    @Test
    void two(VcenterSimulator vcenter, TestReporter reporter) {
      report(reporter, vcenter);
      assertThat(vcenter.machines()).hasSize(11);
      vcenter.remove("nwcd-ike-clean");
    }
  }

  @ExtendWith(InventoryTestkit.class)
  static class ClassSharesOne {

    @BeforeAll
    static void first(VcenterSimulator vcenter, TestReporter reporter) {
      report(reporter, vcenter);
    }

    @Test
    void one(VcenterSimulator vcenter, FaultRelay relay, TestReporter reporter) {
      report(reporter, vcenter);
      reporter.publishEntry("relay", Integer.toString(relay.port()));
    }

    @Nested
    class Inside {
      @Test
      void two(VcenterSimulator vcenter, FaultRelay relay, TestReporter reporter) {
        report(reporter, vcenter);
        reporter.publishEntry("relay", Integer.toString(relay.port()));
      }
    }
  }

  @ExtendWith(InventoryTestkit.class)
  static class Failing {

    @Test
    void fails(
        VcenterSimulator vcenter,
        FaultRelay relay,
        EmbeddedKubernetes kubernetes,
        TestReporter reporter) {
      report(reporter, vcenter);
      reporter.publishEntry("relay", Integer.toString(relay.port()));
      int port = URI.create(kubernetes.url()).getPort();
      reporter.publishEntry("kubernetes", Integer.toString(port));
      fail("on purpose");
    }
  }

  @ExtendWith(InventoryTestkit.class)
  static class AllOfThem {

    @Test
    void fitTogether(
        FaultRelay relay,
        VcenterSimulator vcenter,
        KubernetesClient client,
        EmbeddedKubernetes kubernetes,
        ManualClock clock)
        throws Exception {
      assertThat(client).isSameAs(kubernetes.client());
      assertThat(clock.instant()).hasToString("2026-01-01T00:00:00Z");
      vcenter.stop();
      try (Socket through = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
        // The relay resets clients while its vCenter is unreachable.
        assertThatThrownBy(() -> through.getInputStream().readAllBytes())
            .isInstanceOf(SocketException.class);
      }
    }
  }

  static final class OneIdleSession implements Vcenter.Model {
    @Override
    public VcenterBuilder builder() {
      return VcenterSimulator.builder()
          .machine(SimulatedMachine.named("only"))
          .sessionIdleTimeout(Duration.ofMinutes(30));
    }
  }

  @Vcenter(machines = 3)
  static class Described {

    @Test
    void byTheClass(VcenterSimulator vcenter) {
      assertThat(vcenter.machines()).hasSize(3);
    }

    @Test
    void byTheParameter(@Vcenter(machines = 0) VcenterSimulator vcenter) {
      assertThat(vcenter.machines()).isEmpty();
    }

    @Test
    void byTheParameterOfTheRelay(@Vcenter(machines = 2) FaultRelay relay) {
      assertThat(relay.openConnections()).isZero();
    }

    @Nested
    class Inside {
      @Test
      void byTheClassAround(VcenterSimulator vcenter) {
        assertThat(vcenter.machines()).hasSize(3);
      }
    }

    @Nested
    @Vcenter(model = OneIdleSession.class)
    class WithAModel {
      @Test
      void byTheNearestClass(VcenterSimulator vcenter) {
        assertThat(vcenter.machines()).containsOnlyKeys("vm-1");
        assertThat(vcenter.machine("vm-1").name()).isEqualTo("only");
      }
    }
  }

  static class NegativeNumber {
    @Test
    void refused(@Vcenter(machines = -2) VcenterSimulator vcenter) {
      fail("not reached by port " + vcenter.port());
    }
  }

  static class DeclaredTwice {
    @Test
    void refused(@Vcenter(machines = 2, model = OneIdleSession.class) VcenterSimulator vcenter) {
      fail("not reached by port " + vcenter.port());
    }
  }

  static class WrongType {
    @Test
    void refused(@Vcenter String vcenter) {
      fail("not reached by port " + vcenter);
    }
  }

  static class TwoDeclarations {
    @Test
    void refused(
        @Vcenter(machines = 2) VcenterSimulator one, @Vcenter(machines = 3) VcenterSimulator two) {
      fail("not reached by ports " + one.port() + two.port());
    }
  }

  record NeedsAName(String name) implements Vcenter.Model {
    @Override
    public VcenterBuilder builder() {
      return VcenterSimulator.builder().machine(SimulatedMachine.named(name));
    }
  }

  static class ModelThatCannotBeCreated {
    @Test
    void refused(@Vcenter(model = NeedsAName.class) VcenterSimulator vcenter) {
      fail("not reached by port " + vcenter.port());
    }
  }

  static class ModelThatCannotStart {
    static final class Nowhere implements Vcenter.Model {
      @Override
      public VcenterBuilder builder() {
        return VcenterSimulator.builder().machine(SimulatedMachine.named("a").host("nowhere"));
      }
    }

    @Test
    void refused(@Vcenter(model = Nowhere.class) VcenterSimulator vcenter) {
      fail("not reached by port " + vcenter.port());
    }
  }
}
