package dev.auscult.shapley;

import java.util.List;

/**
 * One side of a {@link BilinearGame}: maps every coalition of the side's players to a vector. Equal
 * coalitions have equal vectors, whatever they are encoded together with.
 */
public interface GameSide {

  /** The number of players on this side. */
  int players();

  /**
   * The vectors of coalitions of this side's players; each counts as one encoder pass.
   *
   * @return one vector per coalition, of the same length on both sides of a game
   */
  Vectors encode(List<Coalition> coalitions);
}
