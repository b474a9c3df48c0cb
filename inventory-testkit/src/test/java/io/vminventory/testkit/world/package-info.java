@NullMarked
package io.vminventory.testkit.world;

import org.jspecify.annotations.NullMarked;
