package io.vminventory.operator.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.operator.config.OutputOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a doctor has found, as a person or a program reads it. Pure. */
public record DoctorReport(List<Check> checks) implements OutputOption.Report {

  private static final int TEXT_LENGTH = 2_000;

  public DoctorReport {
    checks = List.copyOf(checks);
  }

  /** Whether anything does not work. */
  public boolean failed() {
    return count(Level.FAILED) > 0;
  }

  private long count(Level level) {
    return checks.stream().filter(check -> check.finding().level() == level).count();
  }

  @Override
  public List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RESULT", "AREA", "SUBJECT", "SEEN"));
    for (Check check : checks) {
      CheckResult finding = check.finding();
      rows.add(
          List.of(
              finding.level() == Level.FAILED ? "FAILED" : finding.level().toString(),
              check.area(),
              finding.subject(),
              clean(finding.detail())));
      if (!finding.remedy().isEmpty()) {
        rows.add(List.of("", "", "", "-> " + clean(finding.remedy())));
      }
    }
    List<String> lines = Columns.align(rows);
    lines.add("");
    lines.add(
        Arrays.stream(Level.values())
                .map(level -> count(level) + " " + level)
                .collect(Collectors.joining(", "))
            + ". Nothing was written.");
    return lines;
  }

  @Override
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("failed", failed());
    ArrayNode all = root.putArray("checks");
    for (Check check : checks) {
      CheckResult finding = check.finding();
      all.addObject()
          .put("area", check.area())
          .put("subject", finding.subject())
          .put("result", finding.level().toString())
          .put("seen", clean(finding.detail()))
          .put("remedy", clean(finding.remedy()));
    }
    return root.toPrettyString();
  }

  private static String clean(String text) {
    return DisplayText.clean(text, TEXT_LENGTH);
  }
}
