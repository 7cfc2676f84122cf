package dev.auscult.pretrain;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The different answers of each question category, sorted, letter case and outer spaces aside. */
final class AnswerCandidates {
  private final Map<String, List<String>> byCategory = new TreeMap<>();

  AnswerCandidates(Collection<PairedSample> samples) {
    Map<String, TreeMap<String, String>> gathered = new TreeMap<>();
    for (PairedSample sample : samples) {
      sample
          .question()
          .ifPresent(
              qa ->
                  gathered
                      .computeIfAbsent(qa.category(), category -> new TreeMap<>())
                      .putIfAbsent(QuestionAnswer.normalised(qa.answer()), qa.answer().strip()));
    }
    gathered.forEach(
        (category, answers) -> byCategory.put(category, List.copyOf(answers.values())));
  }

  /** All answers of a category. */
  List<String> of(String category) {
    return byCategory.getOrDefault(category, List.of());
  }

  /** Up to {@code count} different wrong answers, each as likely as the other. */
  List<String> wrong(QuestionAnswer qa, int count, SplittableRandom random) {
    List<String> wrong = new ArrayList<>(of(qa.category()));
    wrong.removeIf(qa::isCorrect);
    int taken = Math.min(count, wrong.size());
    for (int i = 0; i < taken; i++) {
      int other = i + random.nextInt(wrong.size() - i);
      String chosen = wrong.get(other);
      wrong.set(other, wrong.get(i));
      wrong.set(i, chosen);
    }
    return List.copyOf(wrong.subList(0, taken));
  }
}
