package dev.auscult.zeroshot;

import dev.auscult.metric.Estimate;
import java.util.List;

/**
 * How well one wording classifies.
 *
 * @param wording the classes in words
 * @param predicted the most probable class of every image
 * @param accuracy share called rightly: of images where each shows one class; of decisions where
 *     each class is decided by itself; undefined otherwise
 * @param auroc mean over the classes that are both shown and not shown, one against the rest
 * @param accuracyDifference to all prompts of the set's own definition, paired by image
 * @param aurocDifference to the same
 * @param p of no difference in accuracy, by Fisher's randomisation test over patients
 * @param adjusted after Holm's correction over all wordings
 */
public record WordingResult(
    Wording wording,
    List<String> predicted,
    Estimate accuracy,
    Estimate auroc,
    Estimate accuracyDifference,
    Estimate aurocDifference,
    double p,
    double adjusted) {

  /** Copies the list. */
  public WordingResult {
    predicted = List.copyOf(predicted);
  }

  WordingResult withAdjusted(double corrected) {
    return new WordingResult(
        wording, predicted, accuracy, auroc, accuracyDifference, aurocDifference, p, corrected);
  }
}
