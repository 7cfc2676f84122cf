package dev.auscult.balance;

import dev.auscult.text.Tokens.Token;
import java.util.Locale;

/**
 * A question with one candidate answer as one text, knowing which part is which.
 *
 * @param question stripped
 * @param answer the candidate
 */
record QuestionText(String question, String answer) {
  /** How question and answer become a text. */
  static final String TEMPLATE = "Question: {question} Answer: {answer}";

  private static final String BEFORE_QUESTION = "Question: ";
  private static final String BEFORE_ANSWER = " Answer: ";

  QuestionText {
    question = question.strip();
    answer = answer.strip();
  }

  /** How answers are compared: lower-cased and stripped. */
  static String normalised(String answer) {
    return answer.strip().toLowerCase(Locale.ROOT);
  }

  String text() {
    return beforeAnswer(question) + answer;
  }

  /** The text up to the answer. */
  static String beforeAnswer(String question) {
    return BEFORE_QUESTION + question.strip() + BEFORE_ANSWER;
  }

  boolean inQuestion(Token token) {
    int start = BEFORE_QUESTION.length();
    return overlaps(token, start, start + question.length());
  }

  boolean inAnswer(Token token) {
    int start = BEFORE_QUESTION.length() + question.length() + BEFORE_ANSWER.length();
    return overlaps(token, start, start + answer.length());
  }

  private static boolean overlaps(Token token, int start, int end) {
    return !token.special() && token.start() < end && token.end() > start;
  }
}
