package dev.auscult.adapt;

import java.util.OptionalDouble;

/**
 * The choices in SCALE's loss (equation 3).
 *
 * @param weights lambda 1 to 4
 * @param temperature tau of the contrastive terms
 * @param normalisation of what they compare
 * @param reduction over samples and anchors
 * @param columns the texts of the cross-entropies
 * @param scale on the cosines in the cross-entropies; empty for the model's logit scale
 */
public record ScaleObjective(
    ScaleWeights weights,
    double temperature,
    RowNormalisation normalisation,
    LossReduction reduction,
    CombinationColumns columns,
    OptionalDouble scale) {
  /** Tau 0.1 on rows of unit length, means, canonical prompts, the model's logit scale. */
  public static final ScaleObjective STANDARD =
      new ScaleObjective(
          ScaleWeights.STANDARD,
          .1,
          RowNormalisation.UNIT,
          LossReduction.MEAN,
          CombinationColumns.CANONICAL,
          OptionalDouble.empty());

  /** Checks the numbers. */
  public ScaleObjective {
    if (!(temperature > 0 && Double.isFinite(temperature))
        || (scale.isPresent() && !(scale.getAsDouble() > 0))) {
      throw new IllegalArgumentException("temperature %s, scale %s".formatted(temperature, scale));
    }
  }

  /** The same with other weights. */
  public ScaleObjective with(ScaleWeights other) {
    return new ScaleObjective(other, temperature, normalisation, reduction, columns, scale);
  }

  /** The loss for these labels. */
  ScaleLoss loss(LabelHierarchy labels, double logitScale) {
    return new ScaleLoss(
        labels,
        scale.orElse(logitScale),
        new SupervisedContrast(temperature, normalisation, reduction),
        weights);
  }
}
