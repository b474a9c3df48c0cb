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
 * What the vCenter is like that {@link InventoryTestkit} starts. It stands on a parameter that is a
 * {@code VcenterSimulator} or a {@code FaultRelay}, or on a class for all parameters in it and in
 * its nested classes; the nearest one counts. Without any, and without values, the vCenter has the
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

  /** For {@link #machines}: those of {@code SampleMachines.story()}. */
  int STORY = -1;

  /** Declares a vCenter in full. Implement it with a constructor that has no parameters. */
  interface Model {

    /** A new declaration, which is started once. */
    VcenterBuilder builder();
  }

  /**
   * How many machines there are, made by {@code SampleMachines.of}: 0 for none, {@link #STORY} for
   * those of the documentation.
   */
  int machines() default STORY;

  /** What declares the vCenter in place of {@link #machines}; {@code Model} itself for nothing. */
  Class<? extends Model> model() default Model.class;

  /** Whether the vCenter takes the time from the {@code ManualClock} of the test. */
  boolean manualClock() default false;
}
