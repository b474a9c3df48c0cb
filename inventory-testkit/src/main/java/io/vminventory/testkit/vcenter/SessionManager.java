package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Session manager as one session reads it.
 *
 * @param reader the current session
 */
record SessionManager(MoRef ref, Sessions sessions, Session reader) implements ManagedObject {

  @Override
  public @Nullable Value property(String name, Scope scope) {
    return switch (name) {
      case "sessionList" -> {
        List<DataObject> all = sessions.list().stream().map(Session::data).toList();
        yield new Value.Many("UserSession", List.copyOf(all));
      }
      case "currentSession" -> reader.data();
      default -> null;
    };
  }
}
