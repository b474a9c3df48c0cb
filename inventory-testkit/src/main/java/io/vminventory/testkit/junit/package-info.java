/**
 * The testkit as an extension of JUnit Jupiter: a test names what it needs as a parameter.
 *
 * <p>{@link io.vminventory.testkit.junit.InventoryTestkit} is the extension, {@link
 * io.vminventory.testkit.junit.Vcenter} says what its vCenter is like. They start and close what
 * the other packages have, which can be had without JUnit, too; they add nothing to it, and inject
 * no fields. JUnit Jupiter 6 has to be declared by whoever uses them.
 */
@NullMarked
package io.vminventory.testkit.junit;

import org.jspecify.annotations.NullMarked;
