/**
 * Tests that every implementation of the SPI has to pass.
 *
 * <p>Authors of a provider extend {@link
 * io.vminventory.testkit.contract.InventoryProviderContract}, and give it a {@link
 * io.vminventory.testkit.contract.ProviderFixture} that reaches the provider and changes its
 * platform; for a sink there is {@link io.vminventory.testkit.contract.InventorySinkContract}.
 * Behaviour of a single platform is not tested here, nor is the speed of a provider.
 */
@NullMarked
package io.vminventory.testkit.contract;

import org.jspecify.annotations.NullMarked;
