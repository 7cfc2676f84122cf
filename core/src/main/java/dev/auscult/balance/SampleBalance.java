package dev.auscult.balance;

import java.util.List;
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
 * @param interactions the pairs of patch and token that interact most, the strongest first; none
 *     where they are not estimated
 * @param passes encoder passes spent on this sample; what several samples share is counted with the
 *     first of them
 * @param effort what the estimate rests on
 */
public record SampleBalance(
    String id,
    Optional<ModalityShare> share,
    TextContributions text,
    ImageContributions image,
    ModalityScores scores,
    Optional<AnswerChoice> choice,
    List<Interaction> interactions,
    long passes,
    Effort effort) {

  /** Copies the list. */
  public SampleBalance {
    interactions = List.copyOf(interactions);
  }

  /** The same with other passes counted with it. */
  SampleBalance withPasses(long counted) {
    return new SampleBalance(id, share, text, image, scores, choice, interactions, counted, effort);
  }

  /** The audited score, nothing masked. */
  public double score() {
    return scores.full();
  }

  /** Whether standard errors could be estimated; a single permutation leaves them unknown. */
  public boolean errorKnown() {
    return Double.isFinite(sum(text.se()) + sum(image.se()));
  }

  /** Whether the mean standard error exceeds the mean absolute contribution: noise, not a map. */
  public boolean noiseDominated() {
    return sum(text.se()) + sum(image.se()) > text.magnitude() + image.magnitude();
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }
}
