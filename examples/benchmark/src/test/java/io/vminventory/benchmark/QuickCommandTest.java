package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class QuickCommandTest {

  private static Report heap(double mebibytes) {
    return new Report("read").add(Report.Figure.atMost(24, "live heap", mebibytes, "MiB"));
  }

  @Test
  void figureThatIsTwiceItsTargetFailsAndIsNamed() {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(QuickCommand.verdict(List.of(heap(47), heap(49)))).isEqualTo(1);
    } finally {
      System.setErr(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern("off by more than 2 x: live heap +49 MiB")
        .doesNotContain("47");
  }

  @Test
  void missedTargetIsNoFailureIfItIsMissedByLess() {
    assertThat(QuickCommand.verdict(List.of(heap(23), heap(47)))).isZero();
  }

  @Test
  void onlyWhatIsOffIsMeasuredTwice() throws Exception {
    Iterator<Report> disturbed = List.of(heap(49), heap(30)).iterator();
    assertThat(QuickCommand.verdict(List.of(QuickCommand.reliably(disturbed::next)))).isZero();
    Iterator<Report> fine = List.of(heap(47)).iterator();
    assertThat(QuickCommand.verdict(List.of(QuickCommand.reliably(fine::next)))).isZero();
    Iterator<Report> slow = List.of(heap(49), heap(50), heap(1)).iterator();
    assertThat(QuickCommand.verdict(List.of(QuickCommand.reliably(slow::next)))).isEqualTo(1);
  }

  @Test
  void measurementThatCannotBeMadeFails(@TempDir Path empty) {
    int code =
        Main.commandLine().execute("quick", "--kubeconfig", empty.resolve("kubeconfig").toString());
    assertThat(code).isNotZero();
  }
}
