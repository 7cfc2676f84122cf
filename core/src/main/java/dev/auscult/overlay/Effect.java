package dev.auscult.overlay;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.PairedDifference;

/**
 * What a kind of text does to a figure under a condition.
 *
 * @param condition how the text looks
 * @param kind what it says
 * @param figure what is measured
 * @param shift with the text minus the image as it is
 * @param words with the text minus with its rectangle alone: what the words do
 * @param adjusted p-value of no effect of the words, by Holm for all conditions and kinds of this
 *     figure
 */
public record Effect(
    Condition condition,
    TextKind kind,
    OverlayFigure figure,
    Estimate shift,
    PairedDifference words,
    double adjusted) {}
