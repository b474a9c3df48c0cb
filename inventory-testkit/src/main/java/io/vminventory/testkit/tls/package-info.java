/**
 * Certificates for servers that tests and demos start on loopback, created at run time.
 *
 * <p>The keys exist in memory only. Use this authority for tests only.
 */
@NullMarked
package io.vminventory.testkit.tls;

import org.jspecify.annotations.NullMarked;
