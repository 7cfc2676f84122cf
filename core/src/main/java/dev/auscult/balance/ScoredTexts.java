package dev.auscult.balance;

import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which text a sample's image is scored with, and which of its tokens are players. */
sealed interface ScoredTexts permits Captions, AnsweredQuestions, SelectedTexts {

  /** The texts of a configuration's task. */
  static ScoredTexts of(DualEncoder encoder, BalanceConfig config, Dataset dataset) {
    AnswerSelection selection = config.selection();
    return switch (config.task()) {
      case ISA -> new Captions(encoder.tokenizer(), Captions.Foils.IGNORED);
      case FOIL -> new Captions(encoder.tokenizer(), Captions.Foils.REQUIRED);
      case VQA ->
          new AnsweredQuestions(
              encoder.tokenizer(),
              selection,
              CandidateAnswers.toQuestions(selection.candidates(), dataset.samples()));
      case CLASS ->
          new SelectedTexts(
              encoder.tokenizer(),
              selection,
              CandidateAnswers.among(selection.candidates(), dataset.samples(), Sample::label),
              Sample::label,
              "label");
      case RETRIEVAL ->
          new SelectedTexts(
              encoder.tokenizer(),
              selection,
              CandidateAnswers.among(selection.candidates(), dataset.samples(), Sample::text),
              Sample::text,
              "text");
    };
  }

  /** Why the sample has no text to be scored with; empty if it has. */
  Optional<String> unfit(Sample sample);

  /** The text of a fit sample before any answer is selected. */
  Scored reference(Sample sample);

  /** An upper bound of the tokens that play in a fit sample's text, whatever is selected. */
  int mostPlayers(Sample sample);

  /** The question a fit sample puts to the model; empty if nothing is asked. */
  Optional<Question> question(Sample sample);

  /**
   * The text of a fit sample.
   *
   * @param selected number of the candidate that the model selects; null if nothing is asked
   */
  Scored of(Sample sample, @Nullable Integer selected);

  /**
   * A text to be scored.
   *
   * @param tokens the whole text
   * @param plays which of its tokens are players; special ones never are
   * @param choice how the answer in it was selected
   */
  record Scored(Tokens tokens, Predicate<Token> plays, Optional<AnswerChoice> choice) {
    /** How many tokens play. */
    int players() {
      return (int)
          tokens.tokens().stream().filter(token -> !token.special() && plays.test(token)).count();
    }
  }

  /**
   * A question with its candidate answers. Equal questions share the passes of their candidates.
   *
   * @param before what stands before an answer
   * @param after what stands behind it
   * @param candidates the candidate answers, sorted
   */
  record Question(String before, String after, List<String> candidates) {
    /** Texts to encode. */
    long passes() {
      return candidates.size();
    }

    /** The text of a candidate. */
    String text(int candidate) {
      return before + candidates.get(candidate) + after;
    }
  }
}
