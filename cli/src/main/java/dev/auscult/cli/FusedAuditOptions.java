package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.AuditedScore;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.Estimator;
import dev.auscult.balance.PassBudget;
import dev.auscult.balance.Preset;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the score of a fused classifier is audited. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FusedAuditOptions {
  @Option(
      names = "--audit",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Audit the fused score on N test samples, token by token and patch by patch, as auscult"
              + " audit does; 0 leaves it out (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--preset",
      defaultValue = "faithful",
      paramLabel = "NAME",
      description =
          "Of the audit: faithful, mm-shap-2023 or paper-2026; may be given several times (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> presets;

  @Option(
      names = "--passes",
      paramLabel = "P",
      description = "Encoder passes per audited sample at most (default: as auscult audit).")
  private @Nullable Long passes;

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description =
          "Of the audit: factorised-latin, factorised, exact, permutation[:N], kernel[:N] or"
              + " partition[:N] (default: the preset's).")
  private @Nullable String estimator;

  /** The configurations, one per preset; none if there is to be no audit. */
  List<BalanceConfig> configs(Seed seed) {
    UsageException.requireAtLeast("--audit", samples, 0);
    return samples == 0
        ? List.of()
        : presets.stream().distinct().map(Preset::named).map(of -> config(of, seed)).toList();
  }

  private BalanceConfig config(Preset preset, Seed seed) {
    BalanceConfig config =
        BalanceConfig.of(preset, AuditTask.ISA, seed)
            .withScore(AuditedScore.OUTCOME)
            .withSamples(OptionalInt.of(samples))
            .withBudget(
                new PassBudget(
                    passes == null ? OptionalLong.empty() : OptionalLong.of(passes),
                    OptionalDouble.empty()));
    return estimator == null ? config : config.withEstimator(Estimator.named(estimator));
  }
}
