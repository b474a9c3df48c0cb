/**
 * A vCenter for tests and demos, in the same process: SOAP over HTTP or TLS on loopback, with
 * accounts that see different machines, changes while it runs, and faults on demand.
 *
 * <p>Start at {@link io.vminventory.testkit.vcenter.VcenterSimulator}. All public types are safe to
 * use from several threads.
 *
 * <p>It answers what this project asks a vCenter, and a little more: it has machines, folders,
 * hosts and clusters, but no storage, no networks of its own, no tasks and no permissions beyond
 * what an account sees.
 */
@NullMarked
package io.vminventory.testkit.vcenter;

import org.jspecify.annotations.NullMarked;
