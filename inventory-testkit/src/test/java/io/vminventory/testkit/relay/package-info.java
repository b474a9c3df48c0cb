@NullMarked
package io.vminventory.testkit.relay;

import org.jspecify.annotations.NullMarked;
