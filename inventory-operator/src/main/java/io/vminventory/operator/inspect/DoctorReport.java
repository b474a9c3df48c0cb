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

/** Report of the results of all checks. Pure. */
public record DoctorReport(List<AreaResult> results) implements OutputOption.Report {

  private static final int MAX_TEXT_LENGTH = 2_000;

  public DoctorReport {
    results = List.copyOf(results);
  }

  /** Whether any check failed. */
  public boolean failed() {
    return count(Level.FAILED) > 0;
  }

  private long count(Level level) {
    return results.stream().filter(each -> each.result().level() == level).count();
  }

  @Override
  public List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RESULT", "AREA", "SUBJECT", "SEEN"));
    for (AreaResult each : results) {
      CheckResult result = each.result();
      rows.add(
          List.of(
              result.level() == Level.FAILED ? "FAILED" : result.level().toString(),
              each.area(),
              result.subject(),
              clean(result.detail())));
      if (!result.remedy().isEmpty()) {
        rows.add(List.of("", "", "", "-> " + clean(result.remedy())));
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
    for (AreaResult each : results) {
      CheckResult result = each.result();
      all.addObject()
          .put("area", each.area())
          .put("subject", result.subject())
          .put("result", result.level().toString())
          .put("seen", clean(result.detail()))
          .put("remedy", clean(result.remedy()));
    }
    return root.toPrettyString();
  }

  private static String clean(String text) {
    return DisplayText.clean(text, MAX_TEXT_LENGTH);
  }
}
