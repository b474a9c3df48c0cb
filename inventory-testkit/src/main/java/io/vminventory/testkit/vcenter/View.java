package io.vminventory.testkit.vcenter;

import java.util.Optional;

/**
 * The inventory as one session sees it now. Valid for as long as the lock of the inventory is held.
 */
record View(Server server, Session session, Scope scope) {

  /** To be made under the lock. */
  static View of(Server server, Session session) {
    return new View(server, session, session.account().scope(server.inventory()));
  }

  Inventory inventory() {
    return server.inventory();
  }

  Optional<ManagedObject> find(Ref ref) {
    return server.find(ref, session);
  }
}
