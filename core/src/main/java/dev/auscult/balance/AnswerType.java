package dev.auscult.balance;

import dev.auscult.data.Sample;
import java.util.Optional;

/** Whether a question can be answered by yes or no. */
public enum AnswerType {
  /** By yes or no, or one of the alternatives that the question names. */
  CLOSED,
  /** By anything. */
  OPEN;

  /**
   * The type of a sample's question, as the data set says ({@code answer_type}), else by its
   * reference answer; empty if it asks nothing.
   */
  public static Optional<AnswerType> of(Sample sample) {
    if (sample.question().isEmpty()) {
      return Optional.empty();
    }
    String known = QuestionText.normalised(sample.attributes().getOrDefault("answer_type", ""));
    if (known.equals("closed") || known.equals("open")) {
      return Optional.of(known.equals("closed") ? CLOSED : OPEN);
    }
    return sample
        .answer()
        .map(QuestionText::normalised)
        .map(answer -> answer.equals("yes") || answer.equals("no") ? CLOSED : OPEN);
  }
}
