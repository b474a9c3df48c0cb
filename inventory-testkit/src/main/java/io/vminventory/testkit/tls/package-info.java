/**
 * Certificates made at run time, for servers that tests and demos start on loopback.
 *
 * <p>Their keys are in memory and gone with the process. This is no authority for anything that
 * others shall trust.
 */
@NullMarked
package io.vminventory.testkit.tls;

import org.jspecify.annotations.NullMarked;
