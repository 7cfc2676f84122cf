package dev.auscult.balance;

import java.util.Optional;

/**
 * The few numbers of a sample that a summary needs; everything else is on disk.
 *
 * @param id the sample
 * @param score the audited score, nothing masked
 * @param tscore TScore; empty where undefined
 * @param scores the game of two players
 * @param correct whether the right candidate was selected; empty where none is
 * @param passes encoder passes spent
 * @param effort what the estimate rests on
 */
public record SampleFigures(
    String id,
    double score,
    Optional<Double> tscore,
    ModalityScores scores,
    Optional<Boolean> correct,
    long passes,
    Effort effort) {

  /** The figures of a finished sample. */
  public static SampleFigures of(SampleBalance balance) {
    return new SampleFigures(
        balance.id(),
        balance.score(),
        balance.share().map(ModalityShare::tscore),
        balance.scores(),
        balance.choice().map(AnswerChoice::correct),
        balance.passes(),
        balance.effort());
  }

  /** The same, known to be right or wrong. */
  SampleFigures judged(boolean right) {
    return new SampleFigures(id, score, tscore, scores, Optional.of(right), passes, effort);
  }
}
