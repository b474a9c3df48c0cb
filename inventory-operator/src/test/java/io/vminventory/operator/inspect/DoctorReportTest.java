package io.vminventory.operator.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DoctorReportTest {

  private static final List<AreaResult> CHECKS =
      List.of(
          new AreaResult("kubernetes", CheckResult.ok("API server", "v1.36.0 at https://api")),
          new AreaResult("rights", CheckResult.failed("secrets", "refused: get", "grant it")),
          new AreaResult("server lab", CheckResult.warning("clock", "61 s behind ours", "set it")),
          new AreaResult("server lab", CheckResult.skipped("service", "not reached\u001b[2J")));

  @Test
  void aPersonReadsResultsAndRemedies() {
    assertThat(new DoctorReport(CHECKS).table())
        .containsExactly(
            "RESULT    AREA         SUBJECT      SEEN",
            "ok        kubernetes   API server   v1.36.0 at https://api",
            "FAILED    rights       secrets      refused: get",
            "                                    -> grant it",
            "warning   server lab   clock        61 s behind ours",
            "                                    -> set it",
            "skipped   server lab   service      not reached\uFFFD[2J",
            "",
            "1 ok, 1 warning, 1 failed, 1 skipped. Nothing was written.");
  }

  @Test
  void aProgramReadsTheSame() {
    assertThat(new DoctorReport(CHECKS.subList(1, 3)).json())
        .isEqualToIgnoringNewLines(
            """
            {
              "failed" : true,
              "checks" : [ {
                "area" : "rights",
                "subject" : "secrets",
                "result" : "failed",
                "seen" : "refused: get",
                "remedy" : "grant it"
              }, {
                "area" : "server lab",
                "subject" : "clock",
                "result" : "warning",
                "seen" : "61 s behind ours",
                "remedy" : "set it"
              } ]
            }
            """);
  }

  @Test
  void warningsAndSkippedChecksAreNoFailure() {
    assertThat(new DoctorReport(CHECKS).failed()).isTrue();
    assertThat(new DoctorReport(CHECKS.subList(2, 4)).failed()).isFalse();
  }

  @Test
  void whatAnAccountDoesNotSeeIsWarnedOf() {
    assertThat(TenantCheck.machines(Inventory.of("", List.of())).level()).isEqualTo(Level.WARNING);
    assertThat(TenantCheck.facts(Map.of()).level()).isEqualTo(Level.OK);
    assertThat(TenantCheck.facts(Map.of(Fact.GUEST_OS, 3L)))
        .matches(finding -> finding.level() == Level.WARNING)
        .matches(finding -> finding.detail().endsWith("guestOS of 3"));
  }
}
