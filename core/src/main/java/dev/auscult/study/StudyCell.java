package dev.auscult.study;

/**
 * One fit of a study.
 *
 * @param task of the prior
 * @param method how is adapted
 * @param fraction share of the training data
 * @param repetition of the split, from 1
 */
public record StudyCell(String task, StudyMethod method, double fraction, int repetition) {

  /** The cell's file below {@code cells/}. */
  String file() {
    return path() + ".json";
  }

  /** Task, method, share and repetition as a path of files that belong to the fit. */
  public String path() {
    return "%s/%s/%s-%d"
        .formatted(
            task.replaceAll("[^A-Za-z0-9_.-]", "_"),
            method.term().replace('+', 'p'),
            fraction,
            repetition);
  }

  /** The training split's column in the frozen plan. */
  String split() {
    return "%s-%d".formatted(fraction, repetition);
  }

  @Override
  public String toString() {
    return "%s, %s, %s of the training data, split %d"
        .formatted(task, method.term(), fraction, repetition);
  }
}
