package dev.auscult.fusion;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fitted classifier.
 *
 * @param method what it sees
 * @param classifier predicts
 * @param validationLoss mean cross-entropy on the validation side, natural logarithm
 * @param chosen settings that had the least such loss, by name
 */
public record Trained(
    FusionMethod method,
    FusionClassifier classifier,
    double validationLoss,
    Map<String, String> chosen) {

  /** Copies the map. */
  public Trained {
    chosen = Collections.unmodifiableMap(new TreeMap<>(chosen));
  }

  static double validationLoss(FusionClassifier classifier, FusionData data) {
    PairedFeatures validation = data.validation();
    return OutcomeProbabilities.loss(
        classifier.logits(validation.images(), validation.texts()), validation.outcomes());
  }
}
