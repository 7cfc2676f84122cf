package dev.auscult.balance;

import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.Coalition;
import java.util.List;

/**
 * The estimate of one sample's contributions, under way: says what it needs next, so that the needs
 * of many samples are encoded together.
 */
sealed interface SampleEstimate permits FactorisedEstimate, GameEstimate {

  /** Coalitions of the image that must be encoded before {@link #goesOn}. */
  List<Coalition> imageNeeds();

  /** Coalitions of the text that must be encoded before {@link #goesOn}. */
  List<Coalition> textNeeds();

  /**
   * Takes what was needed.
   *
   * @return whether more is needed
   */
  boolean goesOn();

  /** The players' values alone, once nothing more is needed. */
  Attribution attribution();

  /** The estimate, once nothing more is needed. */
  Contributions contributions();
}
