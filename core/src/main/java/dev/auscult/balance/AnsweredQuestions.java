package dev.auscult.balance;

import dev.auscult.balance.AnswerSelection.AnswerTokens;
import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.data.Sample;
import dev.auscult.text.Tokenizer;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Visual question answering: the answer is the candidate that fits image and question best. It is
 * right if it is the reference answer or, where the attribute {@code answers} names several parted
 * by semicolons, any of them.
 *
 * @param tokenizer of the model
 * @param selection candidates, target and players
 * @param candidates of every question
 */
record AnsweredQuestions(
    Tokenizer tokenizer, AnswerSelection selection, CandidateAnswers candidates)
    implements ScoredTexts {
  /** Where readers put all reference answers of a question that has several. */
  private static final String REFERENCES = "answers";

  private static final Pattern PARTED = Pattern.compile(";");

  @Override
  public Optional<String> unfit(Sample sample) {
    if (sample.question().filter(question -> !question.isBlank()).isEmpty()) {
      return Optional.of("no question");
    }
    if (sample.answer().filter(answer -> !answer.isBlank()).isEmpty()) {
      return Optional.of("no answer");
    }
    Scored reference = reference(sample);
    if (reference.players() == 0) {
      return Optional.of("no token in its question");
    }
    QuestionText text = correct(sample);
    boolean answerLeft = reference.tokens().tokens().stream().anyMatch(text::inAnswer);
    return answerLeft
        ? Optional.empty()
        : Optional.of(
            "its question leaves no room for an answer in %d tokens"
                .formatted(tokenizer.contextLength()));
  }

  @Override
  public Scored reference(Sample sample) {
    return scored(correct(sample), Optional.empty());
  }

  @Override
  public int mostPlayers(Sample sample) {
    boolean longerAnswers =
        selection.target() == Target.PREDICTED && selection.answerTokens() == AnswerTokens.PLAYERS;
    if (!longerAnswers) {
      return reference(sample).players();
    }
    String question = correct(sample).question();
    return candidates.of(sample).stream()
        .mapToInt(answer -> scored(new QuestionText(question, answer), Optional.empty()).players())
        .max()
        .orElse(0);
  }

  @Override
  public Optional<Question> question(Sample sample) {
    String before = QuestionText.beforeAnswer(correct(sample).question());
    return Optional.of(new Question(before, "", candidates.of(sample)));
  }

  @Override
  public Scored of(Sample sample, @Nullable Integer selected) {
    if (selected == null) {
      throw new IllegalArgumentException("no answer was selected for " + sample.id());
    }
    QuestionText correct = correct(sample);
    String predicted = candidates.of(sample).get(selected);
    AnswerChoice choice =
        new AnswerChoice(predicted, correct.answer(), references(sample).contains(predicted));
    QuestionText target =
        selection.target() == Target.CORRECT
            ? correct
            : new QuestionText(correct.question(), predicted);
    return scored(target, Optional.of(choice));
  }

  private Scored scored(QuestionText text, Optional<AnswerChoice> choice) {
    return new Scored(
        tokenizer.encode(text.text()),
        token ->
            text.inQuestion(token)
                || (selection.answerTokens() == AnswerTokens.PLAYERS && text.inAnswer(token)),
        choice);
  }

  /** Every answer that counts as right: the answer, and what the data give besides it. */
  private static Set<String> references(Sample sample) {
    return Stream.concat(
            sample.answer().stream(),
            Optional.ofNullable(sample.attributes().get(REFERENCES)).stream()
                .flatMap(PARTED::splitAsStream))
        .map(QuestionText::normalised)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static QuestionText correct(Sample sample) {
    return new QuestionText(
        sample.question().orElse(""), QuestionText.normalised(sample.answer().orElse("")));
  }
}
