package io.vminventory.api;

/**
 * A tenant's account on a platform, and where the records of its machines belong.
 *
 * @param id who it is
 * @param username the account's name, as the platform wants it, not blank
 * @param password the account's password
 * @param target where a sink puts the records; for Kubernetes the namespace, not blank
 */
public record Tenant(TenantId id, String username, Secret password, String target) {

  public Tenant {
    Checks.notBlank("username", username);
    Checks.notBlank("target", target);
  }
}
