@NullMarked
package io.vminventory.compatibility;

import org.jspecify.annotations.NullMarked;
