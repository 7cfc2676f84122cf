package dev.auscult.pretrain;

import java.util.Locale;

/**
 * A question with its reference answer.
 *
 * @param category where candidate answers are gathered: the source and the question's own category
 */
record QuestionAnswer(String category, String question, String answer) {

  /** Question and answer in the wording that an audit of visual question answering scores. */
  String text() {
    return textWith(answer);
  }

  /** The same with another answer. */
  String textWith(String other) {
    return "Question: %s Answer: %s".formatted(question, other);
  }

  /** Whether an answer is the reference, letter case and outer spaces aside. */
  boolean isCorrect(String other) {
    return normalised(other).equals(normalised(answer));
  }

  static String normalised(String answer) {
    return answer.strip().toLowerCase(Locale.ROOT);
  }
}
