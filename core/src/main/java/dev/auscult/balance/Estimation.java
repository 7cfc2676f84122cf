package dev.auscult.balance;

/**
 * How contributions are estimated, and what that may cost.
 *
 * @param estimator how
 * @param budget encoder passes per sample
 */
public record Estimation(Estimator estimator, PassBudget budget) {

  /** The default: factorised Shapley values within the default budget. */
  public static Estimation standard() {
    return new Estimation(Estimator.standard(), PassBudget.standard());
  }
}
