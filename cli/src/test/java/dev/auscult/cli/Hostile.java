package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.cli.Cli.Outcome;

/** What must hold whenever input is refused. */
final class Hostile {
  private Hostile() {}

  /** One line that names what is wrong, exit code 1, nothing on stdout. */
  static void assertRefused(Outcome outcome, String named) {
    assertOneLine(outcome, 1, named);
  }

  /** The same for a value of an option that no file can make right: exit code 2. */
  static void assertWrongUsage(Outcome outcome, String named) {
    assertOneLine(outcome, 2, named);
  }

  private static void assertOneLine(Outcome outcome, int code, String named) {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.err())
        .startsWith("auscult: ")
        .contains(named)
        .doesNotContain("Exception")
        .doesNotContain("\tat ");
  }
}
