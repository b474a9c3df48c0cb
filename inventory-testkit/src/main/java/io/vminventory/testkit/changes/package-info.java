/**
 * Random, repeatable changes of a platform, with the state they should lead to.
 *
 * <p>{@link io.vminventory.testkit.changes.RandomChanges} makes the steps of a seed through a
 * {@link io.vminventory.testkit.changes.PlatformActions}. It checks nothing: a test compares what
 * it observed with the expected machines.
 */
@NullMarked
package io.vminventory.testkit.changes;

import org.jspecify.annotations.NullMarked;
