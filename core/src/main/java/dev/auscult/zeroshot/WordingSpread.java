package dev.auscult.zeroshot;

import dev.auscult.metric.Estimate;

/**
 * How far a figure depends on the wording.
 *
 * @param figure which
 * @param wordings how many were compared, at least 2
 * @param worst the wording with the lowest figure, the first of equal ones
 * @param best the wording with the highest
 * @param least the lowest figure
 * @param most the highest
 * @param sd standard deviation of the figure over wordings
 * @param range best minus worst, paired by image; its interval does not know that these two were
 *     picked for being extreme
 */
public record WordingSpread(
    WordingFigure figure,
    int wordings,
    String worst,
    String best,
    double least,
    double most,
    double sd,
    Estimate range) {}
