package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;

/**
 * How far apart the groups of an attribute are.
 *
 * @param attribute whose groups
 * @param metric of which the gap is the largest value minus the smallest
 * @param size the gap with its interval; its {@code n} counts the observations of compared groups
 * @param lowest the group of the smallest value
 * @param highest the group of the largest value
 */
public record Gap(String attribute, String metric, Estimate size, String lowest, String highest) {

  /** Whether its groups are of two attributes. */
  public boolean intersection() {
    return attribute.contains(Subgroup.AND);
  }
}
