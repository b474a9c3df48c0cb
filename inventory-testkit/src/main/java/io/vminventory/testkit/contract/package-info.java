/**
 * Tests that every implementation of the SPI has to pass.
 *
 * <p>Whoever writes a provider extends {@link
 * io.vminventory.testkit.contract.InventoryProviderContract}, and gives it a {@link
 * io.vminventory.testkit.contract.ProviderFixture} that reaches the provider and changes its
 * platform; for a sink there is {@link io.vminventory.testkit.contract.InventorySinkContract}. What
 * is only true of one platform is not tested here, nor is how fast a provider is.
 */
@NullMarked
package io.vminventory.testkit.contract;

import org.jspecify.annotations.NullMarked;
