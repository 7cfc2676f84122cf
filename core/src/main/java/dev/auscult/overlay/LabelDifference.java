package dev.auscult.overlay;

import dev.auscult.metric.Estimate;

/**
 * How much the probability of the right class depends, under one condition, on whether a text names
 * the right class or a wrong one.
 *
 * @param condition how the text looks
 * @param difference probability under the true text beyond its blank rectangle, minus the same
 *     under the contradicting text, -2 to 2
 * @param adjusted p-value of none, by Holm over the conditions
 */
public record LabelDifference(Condition condition, Estimate difference, double adjusted) {}
