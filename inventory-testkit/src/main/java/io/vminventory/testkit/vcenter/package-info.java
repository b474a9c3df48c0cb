/**
 * A vCenter for tests and demos, in the same process: SOAP over HTTP or TLS on loopback, with
 * accounts that see different machines, changes while it runs, and faults on demand.
 *
 * <p>Start at {@link io.vminventory.testkit.vcenter.VcenterSimulator}. All public types are safe to
 * use from several threads.
 */
@NullMarked
package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.NullMarked;
