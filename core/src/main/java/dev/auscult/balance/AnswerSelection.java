package dev.auscult.balance;

import dev.auscult.text.PromptTemplate;
import java.util.List;

/**
 * How one of several candidates is selected (tasks VQA, CLASS and RETRIEVAL).
 *
 * @param candidates where the candidates come from
 * @param target whose score is divided among the players
 * @param answerTokens whether the answer's tokens are players too (VQA)
 * @param prompt how the name of a class becomes a text (CLASS)
 */
public record AnswerSelection(
    Candidates candidates, Target target, AnswerTokens answerTokens, PromptTemplate prompt) {

  /** Candidates that are texts already. */
  public AnswerSelection(Candidates candidates, Target target, AnswerTokens answerTokens) {
    this(candidates, target, answerTokens, new PromptTemplate(PromptTemplate.GAP));
  }

  /** Where the candidate answers come from. Answers are compared lower-cased and stripped. */
  public sealed interface Candidates {
    /** As results name it. */
    default String label() {
      if (this instanceof Given) {
        return "given";
      }
      return this instanceof Global ? "global" : "per-category";
    }
  }

  /** The sorted unique answers of the question's category in the evaluated split. */
  public record PerCategory() implements Candidates {}

  /** The sorted unique answers of the evaluated split. */
  public record Global() implements Candidates {}

  /**
   * The answers given.
   *
   * @param answers at least one
   */
  public record Given(List<String> answers) implements Candidates {
    /** Copies the list. */
    public Given {
      answers = List.copyOf(answers);
      if (answers.isEmpty()) {
        throw new IllegalArgumentException("no candidate answers");
      }
    }
  }

  /** Whose score is divided among the players. */
  public enum Target implements Labelled {
    /** The reference answer. */
    CORRECT("correct"),
    /** The answer that the model selects. */
    PREDICTED("predicted");

    private final String label;

    Target(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** What the answer's tokens do; the template's own words are always present. */
  public enum AnswerTokens implements Labelled {
    /** They are always present; only the question's tokens are players. */
    ALWAYS_PRESENT("always-present"),
    /** They are players as the question's are. */
    PLAYERS("players");

    private final String label;

    AnswerTokens(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** The default: candidates per category, the correct answer's score, question tokens play. */
  public static AnswerSelection faithful() {
    return new AnswerSelection(new PerCategory(), Target.CORRECT, AnswerTokens.ALWAYS_PRESENT);
  }
}
