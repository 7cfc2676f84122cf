package dev.auscult.cli;

import dev.auscult.base.UsageException;
import picocli.CommandLine.Option;

/** How large a group must be to be compared with others. */
final class MinGroupOption {
  @Option(
      names = "--min-group",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Patients from which on a group is compared with others; smaller ones are shown only"
              + " (default: ${DEFAULT-VALUE}).")
  private int minimum;

  /**
   * Patients from which on a group is compared.
   *
   * @throws UsageException unless there is at least one
   */
  int patients() {
    UsageException.requireAtLeast("--min-group", minimum, 1);
    return minimum;
  }
}
