package io.vminventory.compatibility;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types with everything that {@link ApiSignature} has to see or to leave out. */
public final class SampleApi {

  private SampleApi() {}

  public sealed interface Shape permits Square, Circle {}

  public record Circle(int radius) implements Shape {}

  public record Square(int side) implements Shape {}

  public enum Colour {
    RED,
    GREEN
  }

  static class Hidden {
    public void inherited() {}
  }

  public static class Open<T extends Number> extends Hidden {
    public static final int LIMIT = 42;
    public static final List<String> NAMES = List.of();
    @Nullable T unseen;

    protected Open(String... parts) {}

    protected synchronized Map<String, T> find(@Nullable String name, int depth)
        throws IOException {
      return Map.of();
    }

    @Deprecated
    public @Nullable T old() {
      return unseen;
    }

    void unseen() {}

    @Override
    public String toString() {
      return "";
    }
  }

  public static final class Closed {
    private Closed() {}

    @SuppressWarnings("ProtectedMembersInFinalClass")
    protected void nobodyCanCallThis() {}
  }

  public interface Plug {
    int connect();

    default void close() {}
  }
}
