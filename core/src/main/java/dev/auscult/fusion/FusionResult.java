package dev.auscult.fusion;

import dev.auscult.metric.Estimate;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What fusion achieves on the test side against each modality alone.
 *
 * @param fused which of the fused classifiers had the smaller loss on the validation side
 * @param trained every classifier
 * @param logits what each makes of the test side, {@code [n, outcomes]}
 * @param figures of each, with intervals by patient
 * @param comparisons fused against alone, and gated against concatenated
 * @param worth what each modality is worth to accuracy and AUROC
 * @param audit how the fused classifier's score divides
 */
public record FusionResult(
    FusionMethod fused,
    Map<FusionMethod, Trained> trained,
    Map<FusionMethod, FloatMatrix> logits,
    Map<FusionMethod, Map<FusionMetric, Estimate>> figures,
    List<FusionComparison> comparisons,
    List<ModalityWorth> worth,
    ScoreAudit audit) {

  /** Copies maps and lists. */
  public FusionResult {
    trained = Collections.unmodifiableMap(new EnumMap<>(trained));
    logits = Collections.unmodifiableMap(new EnumMap<>(logits));
    figures = Collections.unmodifiableMap(new EnumMap<>(figures));
    comparisons = List.copyOf(comparisons);
    worth = List.copyOf(worth);
  }

  /** A figure of a method. */
  public Estimate figure(FusionMethod method, FusionMetric metric) {
    return figures.getOrDefault(method, Map.of()).getOrDefault(metric, Estimate.undefined());
  }

  /** The probability of each outcome of a sample of the test side. */
  public List<Double> probabilities(FusionMethod method, int row) {
    FloatMatrix of = logits.get(method);
    if (of == null) {
      throw new IllegalArgumentException(method.title());
    }
    return Arrays.stream(OutcomeProbabilities.of(of, row)).boxed().toList();
  }

  /** How much {@code first} exceeds {@code second}. */
  public FusionComparison comparison(FusionMethod first, FusionMethod second) {
    return comparisons.stream()
        .filter(one -> one.first() == first && one.second() == second)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(first + " and " + second));
  }
}
