package io.vminventory.testkit.vcenter;

import java.util.Optional;

/** Inventory as one session sees it. Valid while the lock of the inventory is held. */
record SessionView(ServerState server, Session session, Scope scope) {

  /** Called under the lock. */
  static SessionView of(ServerState server, Session session) {
    return new SessionView(server, session, session.account().scope(server.inventory()));
  }

  Inventory inventory() {
    return server.inventory();
  }

  Optional<ManagedObject> find(MoRef ref) {
    return server.find(ref, session);
  }
}
