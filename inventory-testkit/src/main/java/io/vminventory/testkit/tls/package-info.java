/** Certificates made at run time, for servers that tests and demos start on loopback. */
@NullMarked
package io.vminventory.testkit.tls;

import org.jspecify.annotations.NullMarked;
