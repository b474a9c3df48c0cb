/**
 * JUnit Jupiter extension: a test declares what it needs as parameters.
 *
 * <p>{@link io.vminventory.testkit.junit.InventoryTestkit} is the extension, {@link
 * io.vminventory.testkit.junit.Vcenter} declares its vCenter. They only start and close servers of
 * the other packages, which also work without JUnit, and inject no fields. Declare JUnit Jupiter 6
 * yourself to use them.
 */
@NullMarked
package io.vminventory.testkit.junit;

import org.jspecify.annotations.NullMarked;
