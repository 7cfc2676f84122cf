package dev.auscult.balance;

import dev.auscult.data.Sample;
import dev.auscult.shapley.EncodedOrders;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which text a sample's image is scored with, and which of its tokens are players. */
sealed interface ScoredTexts permits Captions, AnsweredQuestions {

  /** Why the sample has no text to be scored with; empty if it has. */
  Optional<String> unfit(Sample sample);

  /** The number of players of a fit sample's text. */
  int players(Sample sample);

  /** Whether a fit sample's text exceeds the model's context and lost its end. */
  boolean truncated(Sample sample);

  /** The question a fit sample puts to the model; empty if nothing is asked. */
  Optional<Question> question(Sample sample);

  /** The text of a fit sample, given its encoded image. */
  Scored of(Sample sample, EncodedOrders image);

  /**
   * A text to be scored.
   *
   * @param tokens the whole text
   * @param player which of its tokens are players
   * @param choice how the answer in it was selected
   */
  record Scored(Tokens tokens, Predicate<Token> player, Optional<AnswerChoice> choice) {}

  /**
   * A question with its candidate answers. Equal questions share the passes of their candidates.
   *
   * @param question the question
   * @param candidates the candidate answers, sorted
   */
  record Question(String question, List<String> candidates) {
    /** Texts to encode. */
    long passes() {
      return candidates.size();
    }
  }
}
