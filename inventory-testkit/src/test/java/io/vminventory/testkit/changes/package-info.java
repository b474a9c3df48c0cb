@NullMarked
package io.vminventory.testkit.changes;

import org.jspecify.annotations.NullMarked;
