package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.compatibility.SampleApi.Circle;
import io.vminventory.compatibility.SampleApi.Closed;
import io.vminventory.compatibility.SampleApi.Colour;
import io.vminventory.compatibility.SampleApi.Hidden;
import io.vminventory.compatibility.SampleApi.Open;
import io.vminventory.compatibility.SampleApi.Plug;
import io.vminventory.compatibility.SampleApi.Shape;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The text has all that a caller or an implementer can depend on, and nothing else. */
@Tag("pure")
class ApiSignatureTest {

  private static final String HERE = SampleApi.class.getName() + "$";

  @Test
  void membersHaveTypesExceptionsConstantsAndNulls() {
    assertThat(ApiSignature.of(List.of(Open.class)))
        .containsExactly(
            HERE
                + "Open . protected java.util.Map<java.lang.String, T>"
                + " find(java.lang.String, int) throws java.io.IOException nullable 1",
            HERE + "Open . protected new(java.lang.String[]) varargs",
            HERE + "Open . public T old() nullable deprecated",
            HERE + "Open . public static final int LIMIT = 42",
            HERE + "Open . public static final java.util.List<java.lang.String> NAMES",
            HERE + "Open . public void inherited()",
            HERE
                + "Open : public static class <T extends java.lang.Number> extends "
                + HERE
                + "Hidden");
  }

  @Test
  void typesTellWhatACallerMayTakeForComplete() {
    assertThat(ApiSignature.of(List.of(Shape.class, Colour.class, Hidden.class)))
        .contains(
            HERE
                + "Shape : public static sealed interface permits "
                + HERE
                + "Circle, "
                + HERE
                + "Square",
            HERE + "Colour : public static final enum {RED, GREEN}")
        .noneMatch(line -> line.contains("Hidden"));
  }

  @Test
  void recordIsItsConstructorAndItsAccessors() {
    assertThat(ApiSignature.of(List.of(Circle.class)))
        .containsExactly(
            HERE + "Circle . public int radius()",
            HERE + "Circle . public new(int)",
            HERE
                + "Circle : public static final class extends java.lang.Record implements "
                + HERE
                + "Shape");
  }

  @Test
  void protectedMembersOfFinalTypesAreNotSeen() {
    assertThat(ApiSignature.of(List.of(Closed.class)))
        .containsExactly(HERE + "Closed : public static final class extends java.lang.Object");
  }

  @Test
  void methodsToImplementAreToldFromThoseWithABody() {
    assertThat(ApiSignature.of(List.of(Plug.class)))
        .containsExactly(
            HERE + "Plug . public abstract int connect()",
            HERE + "Plug . public void close() default",
            HERE + "Plug : public static interface");
  }
}
