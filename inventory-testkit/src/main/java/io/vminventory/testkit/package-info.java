/**
 * Tools for tests of VM Inventory and of providers for it: waiting and time here; in the packages
 * below an embedded Kubernetes API server, a vCenter simulator, a fault relay, a fake provider and
 * the contracts of the SPI.
 *
 * <p>Nothing here is meant for production, or depends on a module other than {@code inventory-api}.
 */
@NullMarked
package io.vminventory.testkit;

import org.jspecify.annotations.NullMarked;
