package io.vminventory.testkit.vcenter;

import java.util.Optional;

/**
 * State that all methods share.
 *
 * @param name the product name
 * @param version of the product
 * @param pageLimit the maximum number of objects in a page of a read
 * @param updates how updates are reported
 * @param deniesContinue whether only accounts that see everything get further pages of a read
 */
record ServerState(
    String instanceUuid,
    String name,
    String version,
    Inventory inventory,
    Sessions sessions,
    int pageLimit,
    UpdateOptions updates,
    boolean deniesContinue) {

  /** Finds a managed object for a session. */
  Optional<ManagedObject> find(MoRef ref, Session session) {
    return switch (ref.kind()) {
      case "ContainerView" -> session.view(ref);
      case "SessionManager" -> Optional.of(new SessionManager(ref, sessions, session));
      default -> inventory.find(ref.id()).map(ManagedObject.class::cast);
    };
  }
}
