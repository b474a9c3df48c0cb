@NullMarked
package io.vminventory.testkit.tls;

import org.jspecify.annotations.NullMarked;
