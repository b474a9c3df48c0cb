package io.vminventory.api;

/**
 * Makes providers for one kind of platform. Found by {@link java.util.ServiceLoader}, so it has a
 * public constructor without parameters; it holds no state and may be called from any thread.
 */
public interface InventoryProviderFactory {

  /**
   * The word by which configuration and tenants choose this kind, such as {@code vsphere}: lower
   * case letters and hyphens. It never changes once released.
   */
  String name();

  /**
   * Makes a provider for one server. Local files that the settings name are read here; the network
   * is not touched, so this succeeds while the server is down.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED}, with everything that is wrong with
   *     the settings in one message
   */
  InventoryProvider create(ProviderSettings settings) throws InventoryException;
}
