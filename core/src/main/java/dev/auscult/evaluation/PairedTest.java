package dev.auscult.evaluation;

import dev.auscult.metric.McNemar;
import java.util.Optional;

/**
 * A test of whether two models have the same figure.
 *
 * @param kind how it was tested
 * @param p two-sided
 * @param cautious what the correction takes for {@code p}: of DeLong's test with few patients of a
 *     class one that keeps its level ({@link dev.auscult.metric.DeLong#cautious}), else the same
 * @param adjusted after Holm's correction over all tests of the comparison
 * @param calls of McNemar's test: which model alone was right how often
 */
public record PairedTest(
    Kind kind, double p, double cautious, double adjusted, Optional<McNemar> calls) {
  /** The level at which models count as different. */
  public static final double LEVEL = 0.05;

  /** How it was tested. */
  public enum Kind {
    /** Of an AUROC: DeLong et al. (1988), by patient as Obuchowski (1997). */
    DELONG,
    /** Of calls: McNemar's exact test, exchanging whole patients. */
    MCNEMAR,
    /** Of any figure: its difference over the bootstrap's standard error, by Student's t. */
    BOOTSTRAP
  }

  /** Whether the correction takes another p-value than that of the test as published. */
  public boolean hasFewPatients() {
    return cautious != p;
  }

  /** Whether the difference is beyond chance. */
  public boolean significant() {
    return adjusted <= LEVEL;
  }

  PairedTest with(double adjustedP) {
    return new PairedTest(kind, p, cautious, adjustedP, calls);
  }
}
