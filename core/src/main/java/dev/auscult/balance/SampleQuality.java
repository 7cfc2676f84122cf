package dev.auscult.balance;

import dev.auscult.shapley.DeletionCurves;

/**
 * How far the explanation of one sample can be trusted; {@code NaN} where a figure is undefined.
 *
 * @param id the sample's
 * @param deletion the score while players are deleted by their contributions
 * @param surrogate how well the contributions, added up, predict the score
 * @param seeds how far another seed gives the same contributions
 * @param swaps how far the contributions remain when they should not
 * @param passes encoder passes spent on this
 */
public record SampleQuality(
    String id,
    DeletionCurves deletion,
    Surrogate surrogate,
    Seeds seeds,
    Swaps swaps,
    long passes) {

  /** The same with what was spent. */
  SampleQuality withPasses(long spent) {
    return new SampleQuality(id, deletion, surrogate, seeds, swaps, spent);
  }

  /**
   * The additive surrogate on coalitions that the estimate has not seen.
   *
   * @param r2 the coefficient of determination
   * @param spearman the rank correlation
   */
  public record Surrogate(double r2, double spearman) {}

  /**
   * Agreement of estimates with different seeds, means over all pairs of them.
   *
   * @param all rank correlation of the contributions of all players
   * @param image of the image's players
   * @param text of the text's players
   * @param deltaSd standard deviation of delta over the seeds
   * @param deltaSe the standard error that the audit gave delta
   */
  public record Seeds(double all, double image, double text, double deltaSd, double deltaSe) {}

  /**
   * Rank correlation with the contributions beside another sample's text or image, estimated with
   * another seed; read it beside {@link Seeds}, which is what the same image and text give.
   *
   * @param imageUnderOtherText of the image's players when the text is swapped
   * @param textUnderOtherImage of the text's players when the image is swapped
   */
  public record Swaps(double imageUnderOtherText, double textUnderOtherImage) {}
}
