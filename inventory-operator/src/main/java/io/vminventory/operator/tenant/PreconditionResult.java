package io.vminventory.operator.tenant;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Tenant;

/** Whether a Tenant may be mirrored now. */
sealed interface PreconditionResult {

  /**
   * It may.
   *
   * @param tenant its account, with the password that its Secret holds now
   * @param provider the server that it names
   * @param passwordVersion the version of the Secret that the password is of; not secret itself
   */
  record Satisfied(Tenant tenant, InventoryProvider provider, String passwordVersion)
      implements PreconditionResult {}

  /** It may not, because its owner says so. */
  record Suspended() implements PreconditionResult {}

  /**
   * It may not, because something has to be put right first.
   *
   * @param cause what
   * @param message what, and the remedy, for a person
   */
  record Unsatisfied(Reason cause, String message) implements PreconditionResult {}

  /** Why a Tenant is refused; the names are the reasons in its conditions. */
  enum Reason {
    ServerNotConfigured,
    UsernameMissing,
    IntervalInvalid,
    NamespaceForbidden,
    NamespaceNotFound,
    NamespaceTerminating,
    NamespaceNotAllowed,
    SecretNotFound,
    SecretKeyNotFound;

    /** Whether it is about the account's password. */
    boolean concernsPassword() {
      return this == SecretNotFound || this == SecretKeyNotFound;
    }
  }
}
