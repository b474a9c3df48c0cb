package io.vminventory.operator.config;

import io.vminventory.api.ProviderSettings;

/**
 * One server that tenants may name.
 *
 * @param provider the name of the provider that reads it, such as {@code vsphere}
 * @param settings its name and the provider's settings
 */
public record ServerSettings(String provider, ProviderSettings settings) {}
