package dev.auscult.data.phantom;

import java.util.List;

/**
 * A question about a phantom.
 *
 * @param category what it asks for
 * @param text the question with its opening phrase
 * @param answer the true answer, one of the category's candidates
 */
public record Question(QuestionCategory category, String text, String answer) {
  /** All answers that this kind of question can have. */
  public List<String> candidates() {
    return category.candidates();
  }
}
