package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.data.SharedPatients;
import dev.auscult.data.Split;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A data set's labelled embeddings, parted by patient.
 *
 * @param train for fitting
 * @param validation for choosing
 * @param test for reporting
 * @param skipped what took no part, with the reason
 */
public record LabelledSplit(
    LabelledFeatures train,
    LabelledFeatures validation,
    LabelledFeatures test,
    List<Skipped> skipped) {
  private static final double VALIDATION = .15;
  private static final double TEST = .15;

  /** Copies the list. */
  public LabelledSplit {
    skipped = List.copyOf(skipped);
  }

  /** The patients that the published split parts, where it is used; none where it is not. */
  public static SharedPatients sharedPatients(Dataset data, TaskLabels labels) {
    List<Sample> labelled =
        data.samples().stream().filter(sample -> labels.of(sample).isPresent()).toList();
    return SharedPatients.of(isPublished(labelled) ? labelled : List.of(), Sample::split);
  }

  private static boolean isPublished(List<Sample> labelled) {
    return labelled.stream().allMatch(sample -> sample.split().isPresent());
  }

  /**
   * Parts and embeds a data set. The published split stands where every labelled sample has one; a
   * missing validation part is taken from its training part. Otherwise 15% of the samples validate
   * and 15% test, stratified by label, by patient and seed.
   *
   * @throws InputException if a patient is on two sides of the published split, or a side is empty
   */
  public static LabelledSplit of(
      Dataset data, TaskLabels labels, Embedder embedder, Seed seed, Progress progress) {
    List<Skipped> skipped = new ArrayList<>(data.skipped());
    Map<String, List<Integer>> labelsOf = new HashMap<>();
    List<Sample> labelled = new ArrayList<>();
    for (Sample sample : data.samples()) {
      Optional<List<Integer>> shown = labels.of(sample);
      shown.ifPresentOrElse(
          of -> {
            labelsOf.put(sample.id(), of);
            labelled.add(sample);
          },
          () -> skipped.add(new Skipped(sample.id(), "none of the task's labels")));
    }
    requireSome(labelled, data, labels);
    Split split =
        split(Datasets.of(data.name(), labelled), names(labelsOf, labels.hierarchy()), seed);
    EmbeddingRun run = embedder.images(labelled.stream().map(ImageItem::of).toList(), progress);
    skipped.addAll(run.skipped());
    Sides sides = new Sides(run, labelsOf);
    LabelledSplit parted =
        new LabelledSplit(
            sides.features(split.train()),
            sides.features(split.validation()),
            sides.features(split.test()),
            skipped);
    parted.requireDisjoint();
    parted.train.requireContrast(
        labels.hierarchy(), labels.mode(), data.name() + ", training split");
    return parted;
  }

  private static void requireSome(List<Sample> labelled, Dataset data, TaskLabels labels) {
    if (labelled.isEmpty()) {
      throw new InputException(
          data.name(),
          "no sample with a label of " + labels.name(),
          "labelled samples",
          "check that the class-concept prior belongs to the data");
    }
  }

  /** The names of each sample's combinations. */
  private static Map<String, Set<String>> names(
      Map<String, List<Integer>> labelsOf, LabelHierarchy hierarchy) {
    Map<String, Set<String>> names = new HashMap<>();
    labelsOf.forEach(
        (id, of) ->
            names.put(
                id,
                of.stream().map(hierarchy.names()::get).collect(Collectors.toUnmodifiableSet())));
    return names;
  }

  private static Split split(Dataset labelled, Map<String, Set<String>> labels, Seed seed) {
    Seed own = seed.derive("split");
    if (!isPublished(labelled.samples())) {
      return Split.stratified(labelled, labels, own, VALIDATION, TEST);
    }
    Split published = Split.published(labelled);
    if (!published.validation().isEmpty()) {
      return published;
    }
    Split parted =
        Split.stratified(
            Datasets.of(labelled.name(), published.train()), labels, own, VALIDATION, 0);
    return new Split(parted.train(), parted.validation(), published.test());
  }

  private void requireDisjoint() {
    Map<String, LabelledFeatures> sides = new LinkedHashMap<>();
    sides.put("training", train);
    sides.put("validation", validation);
    sides.put("test", test);
    LabelledFeatures.requireDisjoint(sides);
    sides.forEach(
        (side, features) -> {
          if (features.size() == 0) {
            throw new InputException(
                "the " + side + " split",
                "no sample that could be read and is labelled",
                "at least one",
                "add samples, or correct the split column");
          }
        });
  }

  /** The embeddings by sample. */
  private static final class Sides {
    private final Map<String, Integer> rowOf = new HashMap<>();
    private final LabelledFeatures all;

    Sides(EmbeddingRun run, Map<String, List<Integer>> labelsOf) {
      List<String> ids = run.embeddings().ids();
      for (int row = 0; row < ids.size(); row++) {
        rowOf.put(ids.get(row), row);
      }
      this.all =
          new LabelledFeatures(
              ids,
              run.embeddings().vectors(),
              ids.stream().map(id -> labelsOf.getOrDefault(id, List.of())).toList(),
              ids);
    }

    LabelledFeatures features(List<Sample> samples) {
      List<Sample> read =
          samples.stream().filter(sample -> rowOf.containsKey(sample.id())).toList();
      LabelledFeatures rows =
          all.rows(read.stream().map(sample -> rowOf.get(sample.id())).toList());
      return new LabelledFeatures(
          rows.ids(),
          rows.images(),
          rows.labels(),
          read.stream().map(sample -> sample.patient().orElse("sample " + sample.id())).toList());
    }
  }
}
