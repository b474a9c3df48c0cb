package io.vminventory.testkit.vcenter;

import java.util.Optional;

/**
 * What all methods work on.
 *
 * @param name what the server calls itself
 * @param version of the server
 * @param pageLimit how many objects a page of a read has at most
 * @param updates how news is told
 * @param refusesContinue whether only those who see everything get further pages of a read
 */
record Server(
    String instanceUuid,
    String name,
    String version,
    Inventory inventory,
    Sessions sessions,
    int pageLimit,
    UpdateOptions updates,
    boolean refusesContinue) {

  /** The object that a session means by a reference. */
  Optional<ManagedObject> find(Ref ref, Session session) {
    return switch (ref.kind()) {
      case "ContainerView" -> session.view(ref);
      case "SessionManager" -> Optional.of(new SessionManager(ref, sessions, session));
      default -> inventory.find(ref.id()).map(ManagedObject.class::cast);
    };
  }
}
