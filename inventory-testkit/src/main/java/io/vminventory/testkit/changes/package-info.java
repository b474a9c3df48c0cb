/**
 * A platform that changes by itself, in a way that can be repeated, and knows what is true.
 *
 * <p>{@link io.vminventory.testkit.changes.RandomChanges} makes the steps of a seed; what carries
 * them out is a {@link io.vminventory.testkit.changes.PlatformActions}. It checks nothing: a test
 * compares what it saw with what the world says.
 */
@NullMarked
package io.vminventory.testkit.changes;

import org.jspecify.annotations.NullMarked;
