package io.vminventory.testkit.junit;

import static io.vminventory.testkit.junit.SampleRun.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("embedded")
class InventoryTestkitTest {

  @Test
  void eachTestGetsItsOwnVcenterClosedAfterwards() {
    SampleRun run = SampleRun.of(SampleTests.EachTestHasItsOwn.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.ports("vcenter")).hasSize(2).allSatisfy(SampleRun::assertRejected);
  }

  @Test
  void beforeAllParametersAreSharedAndClosedAfterTheClass() {
    SampleRun run = SampleRun.of(SampleTests.ClassSharesOne.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(2);
    assertThat(run.ports("vcenter")).hasSize(3).containsOnly(run.ports("vcenter").get(0));
    assertThat(run.ports("relay")).hasSize(2).allSatisfy(SampleRun::assertRejected);
    assertRejected(run.ports("vcenter").get(0));
  }

  @Test
  void failedTestLeavesNothingOpen() {
    SampleRun run = SampleRun.of(SampleTests.Failing.class);

    assertThat(run.failures()).containsExactly("on purpose");
    for (String server : new String[] {"vcenter", "relay", "kubernetes"}) {
      assertThat(run.ports(server)).singleElement().satisfies(SampleRun::assertRejected);
    }
  }

  @ParameterizedTest
  @CsvSource({"AllOfThem, 1", "Described, 5"})
  void parametersResolveAsDocumented(String tests, int count) throws ClassNotFoundException {
    SampleRun run = SampleRun.of(sample(tests));

    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NegativeNumber | @Vcenter(machines = -2) is negative: name a number of machines, or 0
          DeclaredTwice | @Vcenter(machines = 2, model = OneIdleSession.class) declares the machines twice
          WrongType | @Vcenter is on a parameter of type String: put it on a VcenterSimulator or a FaultRelay
          TwoDeclarations | @Vcenter(machines = 3) does not fit: the vCenter of this test runs already, with @Vcenter(machines = 2)
          ModelThatCannotBeCreated | NeedsAName cannot be created: give it a constructor without parameters
          ModelThatCannotStart | there is no host nowhere; there are
          """)
  void wrongUseFailsWithParameterAndRemedy(String tests, String message)
      throws ClassNotFoundException {
    SampleRun run = SampleRun.of(sample(tests));

    assertThat(run.failures())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure).contains("parameter [", "refused(").contains(message));
  }

  private static Class<?> sample(String name) throws ClassNotFoundException {
    return Class.forName(SampleTests.class.getName() + "$" + name);
  }
}
