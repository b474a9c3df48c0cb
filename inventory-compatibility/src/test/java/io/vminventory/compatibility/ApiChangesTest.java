package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ApiChangesTest {

  private static final List<String> RELEASED =
      List.of(
          "a.Open : public abstract class extends java.lang.Object",
          "a.Open . public int size()",
          "a.Plug : public interface",
          "a.Plug . public abstract int connect()",
          "a.Shape : public sealed interface permits a.Circle",
          "a.Done : public final class extends java.lang.Object",
          "a.Colour : public final enum {RED, GREEN}");

  @Test
  void sameApiBreaksNothing() {
    assertThat(ApiChanges.breaks(RELEASED, RELEASED)).isEmpty();
  }

  @Test
  void removedMemberIsABreak() {
    assertThat(ApiChanges.breaks(RELEASED, without("a.Open . public int size()")))
        .containsExactly("- a.Open . public int size()");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.Open . public int size()                         | a.Open . public long size()
          a.Open . public int size()                         | a.Open . protected int size()
          a.Open . public int size()                         | a.Open . public int size() nullable
          a.Open . public int size()                         | a.Open . public int size() throws a.E
          a.Colour : public final enum {RED, GREEN}          | a.Colour : public final enum {RED, GREEN, BLUE}
          a.Shape : public sealed interface permits a.Circle | a.Shape : public sealed interface permits a.Circle, a.Box
          """)
  void changedLineIsABreak(String was, String is) {
    List<String> current = without(was);
    current.add(is);
    assertThat(ApiChanges.breaks(RELEASED, current)).containsExactly("- " + was);
  }

  @Test
  void methodThatImplementersLackIsABreak() {
    assertThat(ApiChanges.breaks(RELEASED, with("a.Plug . public abstract void close()")))
        .containsExactly("+ a.Plug . public abstract void close()");
    assertThat(ApiChanges.breaks(RELEASED, with("a.Open . protected abstract int grow()")))
        .containsExactly("+ a.Open . protected abstract int grow()");
  }

  @ParameterizedTest
  @CsvSource({
    "a.New : public interface",
    "a.New . public abstract int connect()",
    "a.Plug . public void close() default",
    "a.Shape . public abstract int area()",
    "a.Done . public int size()"
  })
  void additionThatNobodyHasToAnswerIsNone(String line) {
    assertThat(ApiChanges.breaks(RELEASED, with(line))).isEmpty();
  }

  @Test
  void deprecationIsNoBreak() {
    List<String> current = without("a.Open . public int size()");
    current.add("a.Open . public int size() deprecated");
    assertThat(ApiChanges.breaks(RELEASED, current)).isEmpty();
  }

  private static List<String> with(String line) {
    List<String> lines = new ArrayList<>(RELEASED);
    lines.add(line);
    return lines;
  }

  private static List<String> without(String line) {
    List<String> lines = new ArrayList<>(RELEASED);
    assertThat(lines.remove(line)).isTrue();
    return lines;
  }
}
