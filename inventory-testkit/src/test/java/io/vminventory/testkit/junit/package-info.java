@NullMarked
package io.vminventory.testkit.junit;

import org.jspecify.annotations.NullMarked;
