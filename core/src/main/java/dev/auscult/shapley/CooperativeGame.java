package dev.auscult.shapley;

import java.util.List;

/**
 * A game: what every coalition of its players is worth. Equal coalitions are worth the same,
 * whatever they are valued together with.
 */
public interface CooperativeGame {

  /** The number of players. */
  int players();

  /** What each of the coalitions is worth, in their order. */
  double[] values(List<Coalition> coalitions);
}
