package dev.auscult.shapley;

import java.util.List;

/**
 * Estimates the Shapley values of a game, or its Owen values where a coalition structure is given.
 * Every estimator is efficient: its values sum to {@code f(full) - f(empty)} up to rounding.
 *
 * @param <G> the games it understands
 */
public sealed interface ShapleyEstimator<G extends CooperativeGame>
    permits ExactShapley,
        PermutationShapley,
        KernelShapley,
        PartitionOwen,
        PermutationOwen,
        FactorisedShapley,
        FactorisedExact,
        FactorisedOwen,
        RegressionShapley,
        GridShapley,
        Memoised,
        Renumbered {

  /** The values, their standard errors, and what they cost. */
  Attribution attribute(G game);

  /**
   * The coalitions that {@link #attribute} is going to value whatever their values are, so that
   * they can be valued together with those of other games; empty if none are known beforehand.
   *
   * @param players of the game
   */
  default List<Coalition> foreseen(int players) {
    return List.of();
  }
}
