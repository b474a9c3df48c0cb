package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.Nullable;

/** Whatever has a reference and properties. */
interface ManagedObject {

  Ref ref();

  /**
   * A property, or {@code null} if it is not set or the type has none of this name.
   *
   * @param name the first segment of a property path
   * @param scope what the reader may see: lists hold nothing else
   */
  @Nullable Value property(String name, Scope scope);
}
