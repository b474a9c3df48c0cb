package io.vminventory.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the output of results. */
final class ReportOptions {

  @Option(
      names = "--json",
      description = "Also write the results, with every round, to this JSON file.")
  private @Nullable Path json;

  /** Prints the reports, and writes them to the JSON file if there is one. */
  void print(List<Report> reports) throws IOException {
    reports.forEach(report -> System.out.println(report.table()));
    if (json != null) {
      Report.write(reports, json);
    }
  }
}
