package io.vminventory.testkit.junit;

import io.vminventory.testkit.vcenter.VcenterBuilder;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Declares the vCenter that {@link InventoryTestkit} starts. Put it on a parameter of type {@code
 * VcenterSimulator} or {@code FaultRelay}, or on a class for all parameters in it and in its nested
 * classes; the nearest annotation counts. Without one, or without values, the vCenter has the
 * eleven machines of {@code SampleMachines.story()}.
 *
 * <p>It registers the extension, too.
 */
@Documented
@Inherited
@ExtendWith(InventoryTestkit.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.TYPE})
public @interface Vcenter {

  /** Value of {@link #machines} for the machines of {@code SampleMachines.story()}. */
  int STORY = -1;

  /** Full declaration of a vCenter. Implementations have a constructor without parameters. */
  interface Model {

    /** A new builder, which is started once. */
    VcenterBuilder builder();
  }

  /**
   * The number of machines, made by {@code SampleMachines.of}; {@link #STORY} for the sample
   * machines.
   */
  int machines() default STORY;

  /** The declaration to use in place of {@link #machines}; {@code Model} itself for none. */
  Class<? extends Model> model() default Model.class;

  /** Whether the vCenter uses the {@code ManualClock} of the test. */
  boolean manualClock() default false;
}
