package dev.auscult.adapt;

import dev.auscult.base.Progress;
import dev.auscult.learning.ClassBalance;
import dev.auscult.learning.LogisticRegression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The linear probe: logistic regression on image embeddings; the text encoder takes no part. The
 * penalty is the one whose loss on the validation split is least; without one, C is 1 unless there
 * is but one candidate.
 *
 * @param balance how much the samples of a class count
 * @param inverseStrengths candidates for C, ascending
 */
public record LinearProbe(ClassBalance balance, List<Double> inverseStrengths)
    implements AdapterTrainer {
  /** Powers of ten from 0.01 to 10,000. */
  public static final List<Double> STANDARD_STRENGTHS =
      List.of(.01, .1, 1.0, 10.0, 100.0, 1000.0, 10_000.0);

  private static final double WITHOUT_VALIDATION = 1;

  /** Copies and checks the list. */
  public LinearProbe {
    inverseStrengths = List.copyOf(inverseStrengths);
    if (inverseStrengths.isEmpty()
        || inverseStrengths.stream().anyMatch(c -> !(c > 0 && Double.isFinite(c)))) {
      throw new IllegalArgumentException("candidates for C: " + inverseStrengths);
    }
  }

  /** With the usual candidates for C. */
  public LinearProbe(ClassBalance balance) {
    this(balance, STANDARD_STRENGTHS);
  }

  @Override
  public AdaptationMethod method() {
    return AdaptationMethod.LINEAR;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("balance", balance.name().toLowerCase(java.util.Locale.ROOT));
    settings.put("C", inverseStrengths.toString());
    return settings;
  }

  @Override
  public Adaptation train(AdaptationTask task, Progress progress) {
    boolean open = inverseStrengths.size() > 1 && task.validation().size() == 0;
    List<Double> candidates = open ? List.of(WITHOUT_VALIDATION) : inverseStrengths;
    LinearHead best = null;
    double least = Double.POSITIVE_INFINITY;
    double chosen = Double.NaN;
    try (Progress.Task counting = progress.begin("linear probe", candidates.size())) {
      for (double candidate : candidates) {
        LinearHead head =
            LinearHead.of(
                new LogisticRegression(candidate, balance)
                    .fit(
                        task.train().images(),
                        task.train().labels(),
                        task.labels().size(),
                        task.mode()));
        double loss = PredictionLoss.of(head, task, balance);
        if (best == null || loss < least) {
          best = head;
          least = loss;
          chosen = candidate;
        }
        counting.advance(1);
      }
    }
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("C", Double.toString(chosen));
    return new Adaptation(java.util.Objects.requireNonNull(best), List.of(), choices);
  }
}
