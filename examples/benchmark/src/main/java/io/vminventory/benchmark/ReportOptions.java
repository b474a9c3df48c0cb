package io.vminventory.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. */
final class ReportOptions {

  @Option(names = "--json", description = "A file for the results, too.")
  private @Nullable Path json;

  /** Shows the reports, and writes them. */
  void show(List<Report> reports) throws IOException {
    reports.forEach(report -> System.out.println(report.table()));
    if (json != null) {
      Report.write(reports, json);
    }
  }
}
