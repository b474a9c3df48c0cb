package io.vminventory.operator.config;

import io.vminventory.api.ProviderSettings;

/**
 * Settings of one server that Tenants can name.
 *
 * @param provider the name of the provider that reads it, such as {@code vsphere}
 * @param settings its name and the provider's settings
 */
public record ServerSettings(String provider, ProviderSettings settings) {}
