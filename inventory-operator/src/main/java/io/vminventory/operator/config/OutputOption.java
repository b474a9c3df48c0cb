package io.vminventory.operator.config;

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

  public boolean json() {
    return format == Format.json;
  }
}
