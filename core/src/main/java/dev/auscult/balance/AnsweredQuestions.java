package dev.auscult.balance;

import dev.auscult.balance.AnswerSelection.AnswerTokens;
import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.EncodedOrders;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.text.Tokenizer;
import dev.auscult.text.Tokens;
import dev.auscult.text.Tokens.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Visual question answering: the answer is the candidate that fits image and question best. */
final class AnsweredQuestions implements ScoredTexts {
  /** Floats of candidate embeddings kept for questions that come again: 64 MB. */
  private static final long MOST_VALUES = 16_000_000;

  private final DualEncoder encoder;
  private final Tokenizer tokenizer;
  private final AnswerSelection selection;
  private final CandidateAnswers candidates;
  private final Map<Question, FloatMatrix> embedded = new LinkedHashMap<>(16, 0.75f, true);
  private long values;

  AnsweredQuestions(DualEncoder encoder, AnswerSelection selection, CandidateAnswers candidates) {
    this.encoder = encoder;
    this.tokenizer = encoder.tokenizer();
    this.selection = selection;
    this.candidates = candidates;
  }

  @Override
  public Optional<String> unfit(Sample sample) {
    if (sample.question().filter(question -> !question.isBlank()).isEmpty()) {
      return Optional.of("no question");
    }
    if (sample.answer().filter(answer -> !answer.isBlank()).isEmpty()) {
      return Optional.of("no answer");
    }
    if (players(sample) == 0) {
      return Optional.of("no token in its question");
    }
    QuestionText text = correct(sample);
    boolean answerLeft = tokenizer.encode(text.text()).tokens().stream().anyMatch(text::inAnswer);
    return answerLeft
        ? Optional.empty()
        : Optional.of(
            "its question leaves no room for an answer in %d tokens"
                .formatted(tokenizer.contextLength()));
  }

  @Override
  public int players(Sample sample) {
    QuestionText text = correct(sample);
    Tokens tokens = tokenizer.encode(text.text());
    return (int) tokens.tokens().stream().filter(token -> isPlayer(text, token)).count();
  }

  @Override
  public boolean truncated(Sample sample) {
    return tokenizer.encode(correct(sample).text()).truncated();
  }

  @Override
  public Optional<Question> question(Sample sample) {
    return Optional.of(new Question(correct(sample).question(), candidates.of(sample)));
  }

  @Override
  public Scored of(Sample sample, EncodedOrders image) {
    QuestionText correct = correct(sample);
    Question question = new Question(correct.question(), candidates.of(sample));
    String predicted = question.candidates().get(bestOf(embeddings(question), image.full()));
    boolean right = predicted.equals(correct.answer());
    QuestionText target =
        selection.target() == Target.CORRECT
            ? correct
            : new QuestionText(correct.question(), predicted);
    return new Scored(
        tokenizer.encode(target.text()),
        token -> isPlayer(target, token),
        Optional.of(new AnswerChoice(predicted, correct.answer(), right)));
  }

  private boolean isPlayer(QuestionText text, Token token) {
    return text.inQuestion(token)
        || (selection.answerTokens() == AnswerTokens.PLAYERS && text.inAnswer(token));
  }

  private static QuestionText correct(Sample sample) {
    return new QuestionText(
        sample.question().orElse(""), QuestionText.normalised(sample.answer().orElse("")));
  }

  /** The first of the best, candidates being sorted. */
  private static int bestOf(FloatMatrix texts, double[] image) {
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < texts.rows(); candidate++) {
      double score = 0;
      for (int k = 0; k < image.length; k++) {
        score += image[k] * texts.get(candidate, k);
      }
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private FloatMatrix embeddings(Question question) {
    FloatMatrix known = embedded.get(question);
    if (known != null) {
      return known;
    }
    int[][] ids =
        question.candidates().stream()
            .map(answer -> new QuestionText(question.question(), answer).text())
            .map(text -> tokenizer.encode(text).ids())
            .toArray(int[][]::new);
    FloatMatrix rows = encoder.encodeTexts(ids);
    embedded.put(question, rows);
    values += size(rows);
    var eldest = embedded.values().iterator();
    while (values > MOST_VALUES && embedded.size() > 1) {
      values -= size(eldest.next());
      eldest.remove();
    }
    return rows;
  }

  private static long size(FloatMatrix rows) {
    return (long) rows.rows() * rows.columns();
  }
}
