package io.vminventory.api;

/**
 * A tenant's account on a platform, and the place of its records.
 *
 * @param id the tenant's identity
 * @param username the account's name in the platform's form, not blank
 * @param password the account's password
 * @param target where a sink keeps the records, in the sink's own terms, not blank
 */
public record Tenant(TenantId id, String username, Secret password, String target) {

  public Tenant {
    Checks.notBlank("username", username);
    Checks.notBlank("target", target);
  }
}
