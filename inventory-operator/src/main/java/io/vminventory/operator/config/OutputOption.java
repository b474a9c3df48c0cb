package io.vminventory.operator.config;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** Output format of a report. */
public final class OutputOption {

  /** The constants print as they are written on the command line. */
  public enum Format {
    /** For people. */
    table,
    /** For programs. */
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = {"Output format. Default: table.", "Environment: VMINVENTORY_OUTPUT."})
  private Format format = Format.table;

  /** Report in either format. */
  public interface Report {

    /** Lines for people. */
    List<String> table();

    /** The same as one JSON value. */
    String json();
  }

  /** Prints a report in the chosen format. */
  public void print(Report report, PrintWriter out) {
    switch (format) {
      case table -> report.table().forEach(out::println);
      case json -> out.println(report.json());
    }
  }
}
