package io.vminventory.testkit.junit;

import io.vminventory.testkit.fake.SampleMachines;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Values of a {@link Vcenter} annotation; prints as the annotation. */
record VcenterChoice(int machines, Class<? extends Vcenter.Model> model, boolean manualClock) {

  static final VcenterChoice DEFAULT = new VcenterChoice(Vcenter.STORY, Vcenter.Model.class, false);

  /**
   * @throws ExtensionConfigurationException if the values contradict each other
   */
  VcenterChoice {
    if (machines < Vcenter.STORY) {
      throw new ExtensionConfigurationException(
          "@Vcenter(machines = %d) is negative: name a number of machines, or 0 for none"
              .formatted(machines));
    }
    if (machines != Vcenter.STORY && hasModel(model)) {
      throw new ExtensionConfigurationException(
          "@Vcenter(machines = %d, model = %s.class) declares the machines twice: leave one out"
              .formatted(machines, model.getSimpleName()));
    }
  }

  static VcenterChoice of(Vcenter annotation) {
    return new VcenterChoice(annotation.machines(), annotation.model(), annotation.manualClock());
  }

  private static boolean hasModel(Class<? extends Vcenter.Model> model) {
    return model != Vcenter.Model.class;
  }

  /** A new builder for these values, except for the clock. */
  VcenterBuilder builder() {
    if (hasModel(model)) {
      return newModel().builder();
    }
    return VcenterSimulator.builder()
        .samples(machines == Vcenter.STORY ? SampleMachines.story() : SampleMachines.of(machines));
  }

  private Vcenter.Model newModel() {
    try {
      Constructor<? extends Vcenter.Model> constructor = model.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new ExtensionConfigurationException(
          "%s: %s cannot be created: give it a constructor without parameters that does not fail,"
                  .formatted(this, model.getName())
              + " and make it static if it is a nested class",
          e);
    }
  }

  @Override
  public String toString() {
    List<String> values = new ArrayList<>();
    if (machines != Vcenter.STORY) {
      values.add("machines = " + machines);
    }
    if (hasModel(model)) {
      values.add("model = " + model.getSimpleName() + ".class");
    }
    if (manualClock) {
      values.add("manualClock = true");
    }
    return values.isEmpty() ? "@Vcenter" : "@Vcenter(" + String.join(", ", values) + ")";
  }
}
