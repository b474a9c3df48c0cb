package io.vminventory.operator.tenant;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Tenant;
import io.vminventory.operator.kube.Reason;
import java.util.Optional;
import java.util.function.Function;

/** Outcome of a check of a Tenant's preconditions. */
sealed interface PreconditionResult {

  /** The value for the case at hand; a caller cannot forget one. */
  <T> T map(
      Function<Satisfied, T> satisfied,
      Function<Suspended, T> suspended,
      Function<Unsatisfied, T> unsatisfied);

  /** The account to mirror; empty unless all preconditions are satisfied. */
  default Optional<Satisfied> satisfied() {
    return map(Optional::of, suspended -> Optional.empty(), unsatisfied -> Optional.empty());
  }

  /** What has to be corrected; empty if nothing has to be. */
  default Optional<Unsatisfied> unsatisfied() {
    return map(satisfied -> Optional.empty(), suspended -> Optional.empty(), Optional::of);
  }

  /**
   * The Tenant can be mirrored.
   *
   * @param tenant its account, with the password that its Secret holds now
   * @param provider the provider of its server
   * @param passwordVersion the resource version of the Secret; not secret itself
   */
  record Satisfied(Tenant tenant, InventoryProvider provider, String passwordVersion)
      implements PreconditionResult {

    @Override
    public <T> T map(
        Function<Satisfied, T> satisfied,
        Function<Suspended, T> suspended,
        Function<Unsatisfied, T> unsatisfied) {
      return satisfied.apply(this);
    }
  }

  /** The Tenant's owner suspended it. */
  record Suspended() implements PreconditionResult {

    @Override
    public <T> T map(
        Function<Satisfied, T> satisfied,
        Function<Suspended, T> suspended,
        Function<Unsatisfied, T> unsatisfied) {
      return suspended.apply(this);
    }
  }

  /**
   * A person has to correct something first.
   *
   * @param reason the reason of conditions and events
   * @param problem what is wrong
   * @param remedy how to correct it
   */
  record Unsatisfied(Reason reason, String problem, String remedy) implements PreconditionResult {

    /** Problem and remedy, for conditions and events. */
    String message() {
      return problem + "; " + remedy;
    }

    @Override
    public <T> T map(
        Function<Satisfied, T> satisfied,
        Function<Suspended, T> suspended,
        Function<Unsatisfied, T> unsatisfied) {
      return unsatisfied.apply(this);
    }

    /** Whether the account's password is missing. */
    boolean concernsPassword() {
      return reason == Reason.SecretNotFound || reason == Reason.SecretKeyNotFound;
    }
  }
}
