package dev.auscult.cli;

import dev.auscult.base.UsageException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which groups of samples get figures of their own. */
final class GroupOptions {
  @Option(
      names = "--by",
      paramLabel = "ATTR[=A,B]",
      description =
          "Figures also per group: category, label, concept, or an attribute such as sex; bands of a"
              + " number begin at A, B (age: 18,40,60,80). May be given several times.")
  private List<String> by = new ArrayList<>();

  @Mixin private final MinGroupOption minimum = new MinGroupOption();

  /** What was written after {@code --by}. */
  List<String> written() {
    return List.copyOf(by);
  }

  /** The same, read. */
  List<GroupOption> groups() {
    return GroupOption.parse(by);
  }

  /**
   * Patients from which on a group is compared.
   *
   * @throws UsageException unless there is at least one
   */
  int minimum() {
    return minimum.patients();
  }
}
