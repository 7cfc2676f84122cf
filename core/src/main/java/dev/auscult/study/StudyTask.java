package dev.auscult.study;

import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.ClassTexts;
import dev.auscult.adapt.LabelHierarchy;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.adapt.TaskEncoder;
import dev.auscult.adapt.TaskLabels;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Sample;
import dev.auscult.data.StudySplits;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.embed.Embedder;
import dev.auscult.model.DualEncoder;
import dev.auscult.tensor.FloatMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One task of a prior on embedded images.
 *
 * @param prior what is told apart
 * @param samples all that show a combination of the task, in the order of the data
 * @param views changed copies of samples that are not tested, each with its sample's labels and,
 *     before a {@code #}, its id; may be none
 * @param texts of the combinations
 * @param test the rows of the test samples
 * @param plainClip what another model as it is makes of the test samples, {@code [n,
 *     combinations]}; empty if none was asked for
 * @param encoder the model itself, for methods that train through it; empty where only embeddings
 *     are at hand
 */
public record StudyTask(
    ClassConceptPrior prior,
    LabelledFeatures samples,
    LabelledFeatures views,
    TaskTexts texts,
    List<Integer> test,
    Optional<FloatMatrix> plainClip,
    Optional<TaskEncoder> encoder) {
  private static final String VIEW = "#";

  /** Copies the list. */
  public StudyTask {
    test = List.copyOf(test);
  }

  /** A task of which the plan tests what it knows. */
  static StudyTask of(
      ClassConceptPrior prior,
      LabelledFeatures samples,
      LabelledFeatures views,
      TaskTexts texts,
      StudySplits splits) {
    return new StudyTask(
        prior,
        samples,
        views,
        texts,
        rows(samples, splits.test()),
        Optional.empty(),
        Optional.empty());
  }

  /** The same beside another model. */
  StudyTask with(FloatMatrix scoresOfPlainClip) {
    return new StudyTask(
        prior, samples, views, texts, test, Optional.of(scoresOfPlainClip), encoder);
  }

  /**
   * The same with the model itself.
   *
   * @param model what embedded the samples
   * @param own the task's samples
   */
  StudyTask through(Embedder model, List<Sample> own) {
    return model.encoder() instanceof DualEncoder dual
        ? new StudyTask(
            prior,
            samples,
            views,
            texts,
            test,
            plainClip,
            Optional.of(
                new TaskEncoder(
                    dual,
                    model.compute(),
                    TaskLabels.of(prior).prompts(),
                    own.stream().collect(Collectors.toMap(Sample::id, Sample::image)))))
        : this;
  }

  /** The id of a view of a sample. */
  static String view(String sample, int number) {
    return sample + VIEW + number;
  }

  /** The samples at these rows with all their views. */
  private LabelledFeatures withViews(List<Integer> rows, List<String> ids) {
    LabelledFeatures originals = samples.rows(rows);
    Set<String> chosen = Set.copyOf(ids);
    List<Integer> copies =
        IntStream.range(0, views.size())
            .filter(
                row -> {
                  String id = views.ids().get(row);
                  return chosen.contains(id.substring(0, id.lastIndexOf(VIEW)));
                })
            .boxed()
            .toList();
    if (copies.isEmpty()) {
      return originals;
    }
    LabelledFeatures more = views.rows(copies);
    return new LabelledFeatures(
        joined(originals.ids(), more.ids()),
        originals.images().append(more.images()),
        joined(originals.labels(), more.labels()),
        joined(originals.groups(), more.groups()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
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

  /** All samples of a training split without their views. */
  LabelledFeatures trained(TrainingSplit split) {
    return samples.rows(rows(samples, split.samples()));
  }

  /**
   * What a method is given to choose on: the training split without its validation samples to fit
   * on, and those to choose by.
   *
   * @param seed of the study
   */
  AdaptationTask choosing(StudyMethod method, TrainingSplit split, double logitScale, Seed seed) {
    return adaptation(
        method,
        split.fit(),
        split.validation(),
        logitScale,
        seed.derive("choose " + name()).derive(method.term()).derive(split.name()));
  }

  /**
   * What every method is given to fit on in the end: the whole training split.
   *
   * @param seed of the study
   */
  AdaptationTask fitting(StudyMethod method, TrainingSplit split, double logitScale, Seed seed) {
    return adaptation(
        method,
        split.samples(),
        List.of(),
        logitScale,
        seed.derive("fit " + name()).derive(method.term()).derive(split.name()));
  }

  private AdaptationTask adaptation(
      StudyMethod method, List<String> fit, List<String> validation, double logitScale, Seed own) {
    List<Integer> rows = rows(samples, fit);
    List<String> trained = rows.stream().map(samples.ids()::get).toList();
    ClassTexts ofMethod = method.mixesTexts() ? texts.withSentencesOf(trained) : texts.prompts();
    return new AdaptationTask(
        hierarchy(),
        prior.labelMode(),
        ofMethod,
        logitScale,
        method.trainsOnPixels() ? samples.rows(rows) : withViews(rows, trained),
        samples.rows(rows(samples, validation)),
        own,
        encoder);
  }
}
