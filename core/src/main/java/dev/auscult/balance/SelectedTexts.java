package dev.auscult.balance;

import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.data.Sample;
import dev.auscult.text.PromptTemplate;
import dev.auscult.text.Tokenizer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text chosen among candidates by the image alone, all of whose tokens are players: the prompt of
 * a class, or a text to be retrieved.
 */
final class SelectedTexts implements ScoredTexts {
  private final Tokenizer tokenizer;
  private final AnswerSelection selection;
  private final CandidateAnswers candidates;
  private final Function<Sample, Optional<String>> truth;
  private final String what;
  private final IdentityHashMap<List<String>, Integer> longest = new IdentityHashMap<>();

  /**
   * @param selection candidates, target and, for classes, the prompt
   * @param candidates of every sample
   * @param truth the candidate that is right for a sample
   * @param what a candidate is, in one word
   */
  SelectedTexts(
      Tokenizer tokenizer,
      AnswerSelection selection,
      CandidateAnswers candidates,
      Function<Sample, Optional<String>> truth,
      String what) {
    this.tokenizer = tokenizer;
    this.selection = selection;
    this.candidates = candidates;
    this.truth = truth;
    this.what = what;
  }

  @Override
  public Optional<String> unfit(Sample sample) {
    if (truth.apply(sample).filter(name -> !name.isBlank()).isEmpty()) {
      return Optional.of("no " + what);
    }
    if (indexOfTruth(sample) < 0) {
      return Optional.of("its " + what + " is none of the candidates");
    }
    return reference(sample).players() == 0
        ? Optional.of("no token in its " + what)
        : Optional.empty();
  }

  private int indexOfTruth(Sample sample) {
    String wanted = QuestionText.normalised(truth.apply(sample).orElse(""));
    List<String> all = candidates.of(sample);
    for (int candidate = 0; candidate < all.size(); candidate++) {
      if (QuestionText.normalised(all.get(candidate)).equals(wanted)) {
        return candidate;
      }
    }
    return -1;
  }

  @Override
  public Scored reference(Sample sample) {
    return scored(sample, indexOfTruth(sample), Optional.empty());
  }

  @Override
  public int mostPlayers(Sample sample) {
    return selection.target() == Target.CORRECT
        ? reference(sample).players()
        : longest.computeIfAbsent(candidates.of(sample), all -> longestOf(sample, all.size()));
  }

  private int longestOf(Sample sample, int candidates) {
    int most = 0;
    for (int candidate = 0; candidate < candidates; candidate++) {
      most = Math.max(most, scored(sample, candidate, Optional.empty()).players());
    }
    return most;
  }

  @Override
  public Optional<Question> question(Sample sample) {
    return Optional.of(asked(sample));
  }

  private Question asked(Sample sample) {
    String prompt = selection.prompt().text();
    int gap = prompt.indexOf(PromptTemplate.GAP);
    return new Question(
        prompt.substring(0, gap),
        prompt.substring(gap + PromptTemplate.GAP.length()),
        candidates.of(sample));
  }

  @Override
  public Scored of(Sample sample, @Nullable Integer selected) {
    if (selected == null) {
      throw new IllegalArgumentException("nothing was selected for " + sample.id());
    }
    int correct = indexOfTruth(sample);
    List<String> all = candidates.of(sample);
    AnswerChoice choice =
        new AnswerChoice(all.get(selected), all.get(correct), correct == selected);
    int target = selection.target() == Target.CORRECT ? correct : selected;
    return scored(sample, target, Optional.of(choice));
  }

  private Scored scored(Sample sample, int candidate, Optional<AnswerChoice> choice) {
    return new Scored(tokenizer.encode(asked(sample).text(candidate)), token -> true, choice);
  }
}
