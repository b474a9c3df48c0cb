/**
 * What tests of VM Inventory, and of providers for it, are made with: waiting, time, and below this
 * package an embedded Kubernetes, an embedded vCenter, a fake provider and the contracts of the
 * SPI.
 *
 * <p>Nothing here is meant for production, or depends on a module other than {@code inventory-api}.
 */
@NullMarked
package io.vminventory.testkit;

import org.jspecify.annotations.NullMarked;
