package io.vminventory.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ServersTest {

  private final List<String> closed = new ArrayList<>();

  /** Provider that notes its close, and fails in it if its name begins with "broken". */
  private InventoryProvider provider(String name) {
    return new InventoryProvider() {
      @Override
      public InventorySession open(Tenant tenant, SessionPurpose purpose)
          throws InventoryException {
        throw new InventoryException(Failure.UNAVAILABLE, "no session in this test");
      }

      @Override
      public void close() {
        closed.add(name);
        if (name.startsWith("broken")) {
          throw new IllegalStateException("cannot close");
        }
      }
    };
  }

  @Test
  void closeClosesEachProviderEvenIfOneFails() {
    Servers servers =
        new Servers(
            Map.of(
                "a", new Servers.Server("broken", provider("broken")),
                "b", new Servers.Server("whole", provider("whole"))));
    servers.close();

    assertThat(closed).containsExactly("broken", "whole");
  }

  @Test
  void closeReachesProvidersThatAreWrapped() {
    Servers servers = new Servers(Map.of("a", new Servers.Server("whole", provider("whole"))));
    servers.wrapped((name, provider) -> provider).close();

    assertThat(closed).containsExactly("whole");
  }
}
