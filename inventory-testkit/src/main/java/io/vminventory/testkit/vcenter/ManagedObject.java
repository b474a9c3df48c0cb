package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.Nullable;

/** Object with a reference and properties. */
interface ManagedObject {

  MoRef ref();

  /**
   * A property, or {@code null} if it is unset or unknown.
   *
   * @param name the first segment of a property path
   * @param scope of the reader: lists contain visible objects only
   */
  @Nullable Value property(String name, Scope scope);
}
