/** A platform that changes by itself, in a way that can be repeated, and knows what is true. */
@NullMarked
package io.vminventory.testkit.world;

import org.jspecify.annotations.NullMarked;
