package io.vminventory.operator.config;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says for whom a report is written. */
public final class OutputOption {

  /** For whom; the constants print as they are written on the command line. */
  public enum Format {
    /** A person. */
    table,
    /** A program. */
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      description = {
        "For a person or for a program. Default: table.",
        "Environment: VMINVENTORY_OUTPUT."
      })
  private Format format = Format.table;

  /** What can be said for either. */
  public interface Report {

    /** Lines for a person. */
    List<String> table();

    /** The same for a program, as one JSON value. */
    String json();
  }

  /** Prints a report for whom it is. */
  public void print(Report report, PrintWriter out) {
    switch (format) {
      case table -> report.table().forEach(out::println);
      case json -> out.println(report.json());
    }
  }
}
