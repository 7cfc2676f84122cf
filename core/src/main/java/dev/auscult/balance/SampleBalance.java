package dev.auscult.balance;

import java.util.Optional;

/**
 * The modality balance of one sample.
 *
 * @param id the sample
 * @param share TScore, IScore and delta; empty where every contribution is 0 and they are undefined
 * @param text contributions of the text players
 * @param image contributions of the image players
 * @param scores the score with nothing, only the image, only the text, and everything present
 * @param choice for answer selection, what the model chose
 * @param passes encoder passes spent on this sample; an image that several samples share is counted
 *     with the first of them
 */
public record SampleBalance(
    String id,
    Optional<ModalityShare> share,
    TextContributions text,
    ImageContributions image,
    ModalityScores scores,
    Optional<AnswerChoice> choice,
    long passes) {

  /** The audited score, nothing masked. */
  public double score() {
    return scores.full();
  }

  /** Whether the mean standard error exceeds the mean absolute contribution: noise, not a map. */
  public boolean noiseDominated() {
    return sum(text.se()) + sum(image.se()) > text.magnitude() + image.magnitude();
  }

  private static double sum(java.util.List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
