package dev.auscult.cli;

import dev.auscult.balance.QualityConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how an audit examines its own explanations. */
final class QualityOptions {
  @Option(
      names = "--quality",
      description =
          "Examine the explanations as well: deletion curves, fit of the added contributions,"
              + " agreement between seeds, swapped images and texts. Says how many encoder passes"
              + " that takes.")
  private boolean quality;

  @Option(
      names = "--repeat",
      paramLabel = "R",
      description =
          "Estimates of each explanation that are compared, the audit's own counted (default: 2);"
              + " implies --quality.")
  private @Nullable Integer repeats;

  @Option(
      names = "--shuffle-layers",
      paramLabel = "N",
      description =
          "Explain N samples again with the model's layers shuffled one after another from its"
              + " output inward: explanations must lose their likeness; implies --quality. Takes as"
              + " many passes as auditing N samples once per layer.")
  private @Nullable Integer shuffled;

  /**
   * What is asked for; empty for nothing.
   *
   * @throws dev.auscult.base.InputException if a number is impossible
   */
  Optional<QualityConfig> config() {
    if (!quality && repeats == null && shuffled == null) {
      return Optional.empty();
    }
    QualityConfig standard = QualityConfig.standard();
    return Optional.of(
        new QualityConfig(
            repeats == null ? standard.repeats() : repeats,
            shuffled == null ? standard.shuffled() : shuffled));
  }
}
