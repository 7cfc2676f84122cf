package dev.auscult.study;

import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.LabelHierarchy;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.StudySplits;
import dev.auscult.data.StudySplits.TrainingSplit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One task of a prior on embedded images.
 *
 * @param prior what is told apart
 * @param samples all that show a combination of the task, in the order of the data
 * @param texts of the combinations
 * @param test the rows of the test samples
 */
public record StudyTask(
    ClassConceptPrior prior, LabelledFeatures samples, TaskTexts texts, List<Integer> test) {

  /** Copies the list. */
  public StudyTask {
    test = List.copyOf(test);
  }

  /** A task of which the plan tests what it knows. */
  static StudyTask of(
      ClassConceptPrior prior, LabelledFeatures samples, TaskTexts texts, StudySplits splits) {
    return new StudyTask(prior, samples, texts, rows(samples, splits.test()));
  }

  private static List<Integer> rows(LabelledFeatures samples, List<String> ids) {
    Map<String, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < samples.size(); row++) {
      rowOf.put(samples.ids().get(row), row);
    }
    return ids.stream().map(rowOf::get).filter(Objects::nonNull).toList();
  }

  /** The task's name. */
  public String name() {
    return prior.name();
  }

  /** Classes, concepts and combinations as adapters know them. */
  public LabelHierarchy hierarchy() {
    return new LabelHierarchy(
        prior.classes(),
        prior.concepts(),
        IntStream.range(0, prior.size())
            .mapToObj(
                h ->
                    new LabelHierarchy.Member(
                        prior.combinations().get(h).name(), prior.classOf(h), prior.conceptOf(h)))
            .toList());
  }

  /** The test samples. */
  public LabelledFeatures tested() {
    return samples.rows(test);
  }

  /** All samples of a training split. */
  LabelledFeatures trained(TrainingSplit split) {
    return samples.rows(rows(samples, split.samples()));
  }

  /**
   * What a method is given of a training split. One that chooses nothing fits on all of it.
   *
   * @param seed of the study
   */
  AdaptationTask adaptation(StudyMethod method, TrainingSplit split, double logitScale, Seed seed) {
    List<Integer> fit = rows(samples, method.chooses() ? split.fit() : split.samples());
    List<Integer> validation = method.chooses() ? rows(samples, split.validation()) : List.of();
    List<String> trained = fit.stream().map(samples.ids()::get).toList();
    ClassTexts ofMethod = method.mixesTexts() ? texts.withSentencesOf(trained) : texts.prompts();
    return new AdaptationTask(
        hierarchy(),
        prior.labelMode(),
        ofMethod,
        logitScale,
        samples.rows(fit),
        samples.rows(validation),
        seed.derive("fit " + name()).derive(method.term()).derive(split.name()));
  }
}
