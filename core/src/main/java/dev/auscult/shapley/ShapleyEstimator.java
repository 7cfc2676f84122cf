package dev.auscult.shapley;

/**
 * Estimates the Shapley values of a game. Every estimator is efficient: its values sum to {@code
 * f(full) - f(empty)} up to rounding.
 *
 * @param <G> the games it understands
 */
public sealed interface ShapleyEstimator<G extends CooperativeGame>
    permits ExactShapley, PermutationShapley, FactorisedShapley {

  /** The values, their standard errors, and what they cost. */
  Attribution attribute(G game);
}
