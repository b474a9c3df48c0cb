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
  void figureWorseThanTwiceItsTargetFailsAndIsPrinted() {
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThat(QuickCommand.exitCode(List.of(heap(47), heap(49)))).isEqualTo(1);
    } finally {
      System.setErr(stderr);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("off by more than 2 x: live heap +49 MiB")
        .doesNotContain("47");
  }

  @Test
  void figureWithinTwiceItsTargetPasses() {
    assertThat(QuickCommand.exitCode(List.of(heap(23), heap(47)))).isZero();
  }

  @Test
  void onlyBenchmarksThatAreOffAreRepeated() throws Exception {
    Iterator<Report> offOnce = List.of(heap(49), heap(30)).iterator();
    assertThat(QuickCommand.exitCode(List.of(QuickCommand.runTwiceIfOff(offOnce::next)))).isZero();
    Iterator<Report> withinTolerance = List.of(heap(47)).iterator();
    assertThat(QuickCommand.exitCode(List.of(QuickCommand.runTwiceIfOff(withinTolerance::next))))
        .isZero();
    Iterator<Report> offTwice = List.of(heap(49), heap(50), heap(1)).iterator();
    assertThat(QuickCommand.exitCode(List.of(QuickCommand.runTwiceIfOff(offTwice::next))))
        .isEqualTo(1);
  }

  @Test
  void unusableKubeconfigFails(@TempDir Path empty) {
    int code =
        Main.commandLine().execute("quick", "--kubeconfig", empty.resolve("kubeconfig").toString());
    assertThat(code).isNotZero();
  }
}
