package dev.auscult.balance;

import java.util.Optional;

/**
 * The figures of an audited sample with whom they belong to.
 *
 * @param figures the sample's
 * @param cluster its patient, or its image where the patient is not known
 * @param type of the question; empty where none is asked
 */
public record AuditedSample(SampleFigures figures, String cluster, Optional<AnswerType> type) {

  /** A sample that asks nothing. */
  public AuditedSample(SampleFigures figures, String cluster) {
    this(figures, cluster, Optional.empty());
  }

  /** The same, known to be right or wrong. */
  AuditedSample judged(boolean correct) {
    return new AuditedSample(figures.judged(correct), cluster, type);
  }
}
