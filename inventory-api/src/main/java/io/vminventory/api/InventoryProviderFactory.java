package io.vminventory.api;

/**
 * Factory of the providers for one kind of platform. {@link java.util.ServiceLoader} finds it, so
 * it has a public constructor without parameters. It is stateless, and any thread may call it.
 */
public interface InventoryProviderFactory {

  /**
   * The name by which configuration and tenants choose this kind, such as {@code vsphere}: lower
   * case letters and hyphens. It never changes once released.
   */
  String name();

  /**
   * Creates a provider for one server. Reads local files that the settings name, but does not touch
   * the network, so it succeeds while the server is down. The caller closes the provider.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED}, with all mistakes in the settings in
   *     one message
   */
  InventoryProvider create(ProviderSettings settings) throws InventoryException;
}
