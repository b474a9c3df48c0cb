package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session list as one session reads it.
 *
 * @param reader whose session is the current one
 */
record SessionManager(Ref ref, Sessions sessions, Session reader) implements ManagedObject {

  @Override
  public @Nullable Value property(String name, Scope scope) {
    return switch (name) {
      case "sessionList" -> {
        List<Data> all = sessions.list().stream().map(Session::data).toList();
        yield new Value.Many("UserSession", List.copyOf(all));
      }
      case "currentSession" -> reader.data();
      default -> null;
    };
  }
}
