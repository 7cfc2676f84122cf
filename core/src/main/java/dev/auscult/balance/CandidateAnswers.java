package dev.auscult.balance;

import dev.auscult.balance.AnswerSelection.Candidates;
import dev.auscult.balance.AnswerSelection.Given;
import dev.auscult.balance.AnswerSelection.PerCategory;
import dev.auscult.data.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The candidates of every sample: sorted and unique. */
final class CandidateAnswers {
  private final Candidates rule;
  private final Map<String, List<String>> byGroup = new HashMap<>();

  private CandidateAnswers(
      Candidates rule,
      Collection<Sample> samples,
      Function<Sample, Optional<String>> truth,
      UnaryOperator<String> form) {
    this.rule = rule;
    Map<String, TreeSet<String>> answers = new HashMap<>();
    for (Sample sample : samples) {
      truth
          .apply(sample)
          .map(form)
          .filter(answer -> !answer.isEmpty())
          .ifPresent(
              answer -> answers.computeIfAbsent(group(sample), g -> new TreeSet<>()).add(answer));
    }
    answers.forEach((group, sorted) -> byGroup.put(group, List.copyOf(sorted)));
    if (rule instanceof Given given) {
      TreeSet<String> sorted = new TreeSet<>();
      given.answers().forEach(answer -> sorted.add(form.apply(answer)));
      byGroup.put("", List.copyOf(sorted));
    }
  }

  /**
   * The candidate answers of questions, lower-cased and stripped.
   *
   * @param rule where they come from
   * @param samples all samples of the data set, audited or not
   */
  static CandidateAnswers toQuestions(Candidates rule, Collection<Sample> samples) {
    return new CandidateAnswers(rule, samples, Sample::answer, QuestionText::normalised);
  }

  /**
   * Candidates that are the same for all samples of a split, stripped.
   *
   * @param rule where they come from; there are no categories
   * @param samples all samples of the data set, audited or not
   * @param truth the candidate that is right for a sample
   */
  static CandidateAnswers among(
      Candidates rule, Collection<Sample> samples, Function<Sample, Optional<String>> truth) {
    Candidates global = rule instanceof PerCategory ? new AnswerSelection.Global() : rule;
    return new CandidateAnswers(global, samples, truth, String::strip);
  }

  /** The candidates of a sample; empty if there are none. */
  List<String> of(Sample sample) {
    return byGroup.getOrDefault(rule instanceof Given ? "" : group(sample), List.of());
  }

  private String group(Sample sample) {
    String split = sample.split().orElse("");
    return rule instanceof PerCategory ? split + '\n' + sample.category().orElse("") : split + '\n';
  }
}
