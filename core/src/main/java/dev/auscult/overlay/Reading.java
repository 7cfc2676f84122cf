package dev.auscult.overlay;

/**
 * What a model makes of one image.
 *
 * @param probability of the class that is right
 * @param margin score of the right class above the best other, natural log units
 * @param named probability of the class that the text names; {@code NaN} if it names none
 * @param predicted the class with the highest score
 * @param rank of the sample's own text, from 1; {@code NaN} without one
 */
public record Reading(
    double probability, double margin, double named, int predicted, double rank) {}
