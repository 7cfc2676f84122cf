package dev.auscult.balance;

import dev.auscult.balance.AnswerSelection.Candidates;
import dev.auscult.balance.AnswerSelection.Given;
import dev.auscult.balance.AnswerSelection.PerCategory;
import dev.auscult.data.Sample;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The candidate answers of every question: sorted, unique, lower-cased and stripped. */
final class CandidateAnswers {
  private final Candidates rule;
  private final Map<String, List<String>> byGroup = new HashMap<>();

  /**
   * Gathers the candidates.
   *
   * @param rule where they come from
   * @param samples all samples of the data set, audited or not
   */
  CandidateAnswers(Candidates rule, Collection<Sample> samples) {
    this.rule = rule;
    Map<String, TreeSet<String>> answers = new HashMap<>();
    for (Sample sample : samples) {
      sample
          .answer()
          .map(QuestionText::normalised)
          .filter(answer -> !answer.isEmpty())
          .ifPresent(
              answer -> answers.computeIfAbsent(group(sample), g -> new TreeSet<>()).add(answer));
    }
    answers.forEach((group, sorted) -> byGroup.put(group, List.copyOf(sorted)));
    if (rule instanceof Given given) {
      TreeSet<String> sorted = new TreeSet<>();
      given.answers().forEach(answer -> sorted.add(QuestionText.normalised(answer)));
      byGroup.put("", List.copyOf(sorted));
    }
  }

  /** The candidates for a sample's question; empty if there are none. */
  List<String> of(Sample sample) {
    return byGroup.getOrDefault(rule instanceof Given ? "" : group(sample), List.of());
  }

  private String group(Sample sample) {
    String split = sample.split().orElse("");
    return rule instanceof PerCategory ? split + '\n' + sample.category().orElse("") : split + '\n';
  }
}
