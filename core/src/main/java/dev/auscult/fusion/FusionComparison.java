package dev.auscult.fusion;

import dev.auscult.metric.Estimate;

/**
 * How much one classifier exceeds another on the same samples.
 *
 * @param first the one
 * @param second the other
 * @param accuracy difference of accuracies with its interval by patient
 * @param auroc difference of AUROCs, likewise
 * @param brier difference of Brier scores, likewise; negative where the first is better
 * @param p of no difference in Brier score (Fisher's randomisation test, patients whole): a proper
 *     score, which sees better probabilities where the calls are the same
 * @param corrected the same corrected for the number of comparisons (Holm 1979)
 */
public record FusionComparison(
    FusionMethod first,
    FusionMethod second,
    Estimate accuracy,
    Estimate auroc,
    Estimate brier,
    double p,
    double corrected) {}
