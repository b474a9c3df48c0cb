package io.vminventory.api;

/**
 * Identity of a tenant. Tenants of one name in two namespaces are different tenants.
 *
 * @param namespace where the tenant was registered, not blank
 * @param name its name within that namespace, not blank
 */
public record TenantId(String namespace, String name) {

  public TenantId {
    Checks.notBlank("namespace", namespace);
    Checks.notBlank("name", name);
  }

  /** {@code namespace/name}, for logs and messages. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
