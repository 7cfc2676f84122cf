package dev.auscult.fusion;

import dev.auscult.metric.Estimate;

/**
 * What image and text each are worth to a figure: the Shapley values (Shapley 1953) of the game in
 * which a coalition is worth what the best classifier that sees only its modalities reaches, and
 * nobody what is reached without looking: an AUROC of .5, and the accuracy of always calling the
 * outcome that is commonest in training. Both add up to what the fused classifier has above that.
 *
 * @param metric which figure
 * @param image worth of the image
 * @param text worth of the text
 * @param synergy what both reach beyond the sum of what each reaches alone; negative where they say
 *     the same
 */
public record ModalityWorth(FusionMetric metric, Estimate image, Estimate text, Estimate synergy) {}
