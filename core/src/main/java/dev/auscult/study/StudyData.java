package dev.auscult.study;

import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.MedClipView;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.data.StudySplits;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.tensor.FloatMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Everything that the fits of a study are given, computed once.
 *
 * @param tasks those of the prior
 * @param splits who is trained on and who is tested
 * @param attributes what is known of each sample besides, by its id
 * @param skipped samples that are in no task, each with the reason
 * @param notes combinations of the prior that no sample shows, each as a sentence
 */
public record StudyData(
    List<StudyTask> tasks,
    StudySplits splits,
    Map<String, Map<String, String>> attributes,
    List<Skipped> skipped,
    List<String> notes) {
  /** The frozen plan in the study's folder. */
  public static final String PLAN = "splits.csv";

  /** What the plan could not keep to, beside it. */
  public static final String PLAN_NOTES = "splits-notes.csv";

  /** Copies the lists and the map. */
  public StudyData {
    tasks = List.copyOf(tasks);
    attributes = Map.copyOf(attributes);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
  }

  /** Everything that could not be as planned, the splits' own notes included. */
  public List<String> allNotes() {
    return Stream.concat(notes.stream(), splits.notes().stream()).toList();
  }

  /**
   * Labels, embeds and splits.
   *
   * @param plainClip another model beside, if one was asked for
   * @param folder of the study: an earlier plan there is used as it is, a new one is written
   * @throws InputException if no sample shows a combination, or a plan does not fit the data
   */
  public static StudyData prepare(
      StudyConfig config,
      Dataset dataset,
      Embedder embedder,
      Optional<PlainClip> plainClip,
      Path folder,
      Progress progress) {
    List<ClassConceptPrior> priors = priors(config);
    List<Skipped> skipped = new ArrayList<>(dataset.skipped());
    Map<String, Set<String>> labels = labels(dataset, priors, skipped);
    List<Sample> labelled =
        dataset.samples().stream().filter(sample -> labels.containsKey(sample.id())).toList();
    if (labelled.isEmpty()) {
      throw new InputException(
          config.data(),
          dataset.samples().size() + " samples, none of which shows a combination of the prior",
          "samples with labels that the prior knows",
          "compare the prior's labels with those of the data");
    }
    EmbeddingRun run = embedder.images(labelled.stream().map(ImageItem::of).toList(), progress);
    skipped.addAll(run.skipped());
    Set<String> readable = Set.copyOf(run.embeddings().ids());
    List<Sample> samples =
        labelled.stream().filter(sample -> readable.contains(sample.id())).toList();
    StudySplits splits = splits(config, samples, labels, folder);
    Embeddings views = views(config, samples, splits, embedder, progress);
    List<StudyTask> tasks = new ArrayList<>();
    for (ClassConceptPrior prior : priors) {
      List<Sample> own =
          samples.stream().filter(sample -> !prior.combinationsOf(sample).isEmpty()).toList();
      TaskTexts texts = TaskTexts.embed(prior, own, config.texts(), embedder, progress);
      StudyTask task =
          StudyTask.of(
                  prior,
                  features(prior, own, run.embeddings()),
                  features(prior, viewed(config, own, splits), views),
                  texts,
                  splits)
              .through(embedder, own);
      requireContrast(config, task, splits);
      tasks.add(plainClip.map(model -> task.with(model.scores(task, own, progress))).orElse(task));
    }
    return new StudyData(
        tasks,
        splits,
        samples.stream().collect(Collectors.toMap(Sample::id, Sample::attributes)),
        skipped,
        tasks.stream().flatMap(StudyData::absent).toList());
  }

  /** Before anything is fitted. */
  private static void requireContrast(StudyConfig config, StudyTask task, StudySplits splits) {
    for (TrainingSplit split : splits.training()) {
      task.trained(split)
          .requireContrast(
              task.hierarchy(),
              task.prior().labelMode(),
              "%s, training split %s of %s".formatted(config.data(), split.name(), task.name()));
    }
  }

  /** The combinations that no sample shows: text-based methods score them, others never do. */
  private static Stream<String> absent(StudyTask task) {
    Set<Integer> shown =
        task.samples().labels().stream().flatMap(List::stream).collect(Collectors.toSet());
    return IntStream.range(0, task.prior().size())
        .filter(h -> !shown.contains(h))
        .mapToObj(
            h ->
                "no image of \"%s\" in the data"
                    .formatted(task.prior().combinations().get(h).name()));
  }

  private static List<ClassConceptPrior> priors(StudyConfig config) {
    List<ClassConceptPrior> all = ClassConceptPrior.open(config.prior());
    List<String> known = all.stream().map(ClassConceptPrior::name).toList();
    for (String task : config.tasks()) {
      if (!known.contains(task)) {
        throw new InputException(
            "tasks", "'" + task + "'", "some of " + String.join(", ", known), "correct it");
      }
    }
    return all.stream()
        .filter(prior -> config.tasks().isEmpty() || config.tasks().contains(prior.name()))
        .toList();
  }

  /** Of each sample the combinations of all tasks; a sample without any is left out and listed. */
  private static Map<String, Set<String>> labels(
      Dataset dataset, List<ClassConceptPrior> priors, List<Skipped> skipped) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (Sample sample : dataset.samples()) {
      Set<String> names = new TreeSet<>();
      for (ClassConceptPrior prior : priors) {
        SortedSet<Integer> shown = prior.combinationsOf(sample);
        String prefix = priors.size() == 1 ? "" : prior.name() + ": ";
        shown.forEach(h -> names.add(prefix + prior.combinations().get(h).name()));
      }
      if (names.isEmpty()) {
        skipped.add(new Skipped(sample.id(), "it shows no combination of the prior"));
      } else {
        labels.put(sample.id(), names);
      }
    }
    return labels;
  }

  private static StudySplits splits(
      StudyConfig config, List<Sample> samples, Map<String, Set<String>> labels, Path folder) {
    Path plan = folder.resolve(PLAN);
    if (Files.exists(plan)) {
      return StudySplits.read(plan, samples, labels, folder);
    }
    StudySplits splits =
        config.splits().isPresent()
            ? StudySplits.read(config.splits().get(), samples, labels, folder)
            : StudySplits.plan(
                samples, labels, config.design(), new Seed(config.seed()).derive("splits"));
    splits.write(plan, samples, labels);
    return splits;
  }

  /** The views of the samples that are not tested, under their own ids. */
  private static List<Sample> viewed(StudyConfig config, List<Sample> samples, StudySplits splits) {
    Set<String> pool = Set.copyOf(splits.pool());
    List<Sample> viewed = new ArrayList<>();
    for (Sample sample : samples) {
      for (int number = 1; pool.contains(sample.id()) && number <= config.views(); number++) {
        SampleBuilder view =
            new SampleBuilder(
                    StudyTask.view(sample.id(), number),
                    new MedClipView(
                        sample.image(), new Seed(config.seed()).derive("views"), number))
                .findings(sample.findings())
                .patient(Optional.of(sample.patient().orElse("image " + sample.id())));
        sample.attributes().forEach((name, value) -> view.attribute(name, Optional.of(value)));
        viewed.add(view.build());
      }
    }
    return viewed;
  }

  private static Embeddings views(
      StudyConfig config,
      List<Sample> samples,
      StudySplits splits,
      Embedder embedder,
      Progress progress) {
    List<ImageItem> items = viewed(config, samples, splits).stream().map(ImageItem::of).toList();
    return embedder.images(items, progress).embeddings();
  }

  private static LabelledFeatures features(
      ClassConceptPrior prior, List<Sample> samples, Embeddings embeddings) {
    Map<String, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < embeddings.size(); row++) {
      rowOf.put(embeddings.ids().get(row), row);
    }
    int dimension = embeddings.vectors().columns();
    float[] values = new float[samples.size() * dimension];
    for (int i = 0; i < samples.size(); i++) {
      int row = java.util.Objects.requireNonNull(rowOf.get(samples.get(i).id()));
      System.arraycopy(embeddings.vectors().row(row), 0, values, i * dimension, dimension);
    }
    return new LabelledFeatures(
        samples.stream().map(Sample::id).toList(),
        new FloatMatrix(samples.size(), dimension, values),
        samples.stream().map(sample -> List.copyOf(prior.combinationsOf(sample))).toList(),
        samples.stream()
            .map(sample -> sample.patient().orElse("image " + sample.id()))
            .collect(Collectors.toList()));
  }
}
