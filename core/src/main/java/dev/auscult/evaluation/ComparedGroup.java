package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.TestedDifference;

/**
 * A figure of two models on the same subgroup.
 *
 * @param attribute e.g. {@code sex}, or of an intersection {@code sex & site}
 * @param value e.g. {@code female}, or {@code female & A}
 * @param patients how many patients the group's observations are of
 * @param metric which figure; higher is better
 * @param first of the first model
 * @param second of the second model
 * @param difference first minus second, tested over the patients of the group
 */
public record ComparedGroup(
    String attribute,
    String value,
    int patients,
    String metric,
    Estimate first,
    Estimate second,
    TestedDifference difference) {

  /** How many observations the group has. */
  public int n() {
    return difference.difference().n();
  }

  /** Whether the group is of two attributes. */
  public boolean intersection() {
    return attribute.contains(Subgroup.AND);
  }

  ComparedGroup with(TestedDifference corrected) {
    return new ComparedGroup(attribute, value, patients, metric, first, second, corrected);
  }
}
