package dev.auscult.card;

import dev.auscult.metric.Estimate;

/**
 * A figure as an earlier command wrote it.
 *
 * @param name words that lead to it, e.g. {@code methods, gated, auroc}
 * @param estimate the figure with its interval; {@code NaN} where there is none
 */
public record CardFigure(String name, Estimate estimate) {}
