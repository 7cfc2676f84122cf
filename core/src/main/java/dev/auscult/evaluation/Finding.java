package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;

/**
 * A test of whether a group is served worse: its figure minus that of all observations, or, of an
 * intersection, minus that of the nearer of the two groups it is part of.
 *
 * @param attribute the group's
 * @param value the group's
 * @param metric what was compared; higher is better
 * @param difference with its interval, negative if the group is worse
 * @param p two-sided, from the bootstrap's standard error; of an intersection the larger of two
 * @param adjusted after Holm's correction over all tests of the evaluation
 */
public record Finding(
    String attribute, String value, String metric, Estimate difference, double p, double adjusted) {
  /** The level at which a group counts as found. */
  public static final double LEVEL = 0.05;

  /** Whether the group is worse beyond chance. */
  public boolean worse() {
    return adjusted <= LEVEL && difference.value() < 0;
  }
}
