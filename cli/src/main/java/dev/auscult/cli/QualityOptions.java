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

  /**
   * What is asked for; empty for nothing.
   *
   * @throws dev.auscult.base.InputException if the number of estimates is impossible
   */
  Optional<QualityConfig> config() {
    if (repeats != null) {
      return Optional.of(new QualityConfig(repeats));
    }
    return quality ? Optional.of(QualityConfig.standard()) : Optional.empty();
  }
}
