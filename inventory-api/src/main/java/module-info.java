/** Tenant and virtual machine models, and the service provider interface of VM Inventory. */
module io.vminventory.api {
  requires static transitive org.jspecify;

  exports io.vminventory.api;
  exports io.vminventory.api.server;

  uses io.vminventory.api.InventoryProviderFactory;
}
