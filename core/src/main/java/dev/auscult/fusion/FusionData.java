package dev.auscult.fusion;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.data.Split;
import dev.auscult.data.StudySplits;
import dev.auscult.data.StudySplits.Design;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A data set of images, texts and outcomes, embedded and parted by patient.
 *
 * @param outcomes their names, sorted
 * @param train for fitting
 * @param validation for choosing
 * @param test for reporting
 * @param skipped what took no part, with the reason
 * @param truncated texts longer than the model's context
 */
public record FusionData(
    List<String> outcomes,
    PairedFeatures train,
    PairedFeatures validation,
    PairedFeatures test,
    List<Skipped> skipped,
    int truncated) {
  private static final double TEST = .3;
  private static final double VALIDATION = .2;

  /** Copies the lists. */
  public FusionData {
    outcomes = List.copyOf(outcomes);
    skipped = List.copyOf(skipped);
  }

  /**
   * Parts and embeds a data set. The published split stands where every sample has one; otherwise
   * 30% of the samples test and 20% of the rest validate, patients whole and each outcome in
   * proportion.
   *
   * @throws InputException if fewer than two outcomes are known, a patient is on two sides of the
   *     published split, or a side lacks an outcome
   */
  public static FusionData of(Dataset data, Embedder embedder, Seed seed, Progress progress) {
    List<Skipped> skipped = new ArrayList<>(data.skipped());
    List<Sample> complete = complete(data, skipped);
    EmbeddingRun images = embedder.images(complete.stream().map(ImageItem::of).toList(), progress);
    skipped.addAll(images.skipped());
    Set<String> read = new HashSet<>(images.embeddings().ids());
    List<Sample> samples = complete.stream().filter(sample -> read.contains(sample.id())).toList();
    List<String> outcomes = samples.stream().map(FusionData::outcome).distinct().sorted().toList();
    requireOutcomes(data, outcomes);
    EmbeddingRun texts =
        embedder.texts(
            samples.stream().map(sample -> new TextItem(sample.id(), text(sample))).toList(),
            progress);
    PairedFeatures all =
        new PairedFeatures(
            samples,
            inOrder(images.embeddings(), samples),
            inOrder(texts.embeddings(), samples),
            samples.stream().map(sample -> outcomes.indexOf(outcome(sample))).toList());
    return parted(all, outcomes, seed, skipped, texts.truncated());
  }

  private static List<Sample> complete(Dataset data, List<Skipped> skipped) {
    List<Sample> complete = new ArrayList<>();
    for (Sample sample : data.samples()) {
      boolean text = sample.text().filter(words -> !words.isBlank()).isPresent();
      if (text && sample.label().isPresent()) {
        complete.add(sample);
      } else {
        skipped.add(new Skipped(sample.id(), text ? "no label" : "no text"));
      }
    }
    return complete;
  }

  private static String text(Sample sample) {
    return sample.text().orElseThrow();
  }

  private static String outcome(Sample sample) {
    return sample.label().orElseThrow();
  }

  private static void requireOutcomes(Dataset data, List<String> outcomes) {
    if (outcomes.size() < 2) {
      throw new InputException(
          data.name(),
          outcomes.isEmpty() ? "no sample with text and label" : "the only outcome " + outcomes,
          "at least two outcomes in the column label, and a text per sample",
          "complete the manifest");
    }
  }

  private static FloatMatrix inOrder(Embeddings embeddings, List<Sample> samples) {
    Map<String, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < embeddings.size(); row++) {
      rowOf.put(embeddings.ids().get(row), row);
    }
    int columns = embeddings.vectors().columns();
    float[] values = new float[samples.size() * columns];
    for (int i = 0; i < samples.size(); i++) {
      int row = Objects.requireNonNull(rowOf.get(samples.get(i).id()));
      System.arraycopy(embeddings.vectors().row(row), 0, values, i * columns, columns);
    }
    return new FloatMatrix(samples.size(), columns, values);
  }

  private static FusionData parted(
      PairedFeatures all, List<String> outcomes, Seed seed, List<Skipped> skipped, int truncated) {
    Sides sides = sides(all.samples(), seed.derive("split"));
    FusionData data =
        new FusionData(
            outcomes,
            all.rows(rows(all, sides.train())),
            all.rows(rows(all, sides.validation())),
            all.rows(rows(all, sides.test())),
            skipped,
            truncated);
    data.requireSides();
    return data;
  }

  /** Ids by side. */
  private record Sides(Set<String> train, Set<String> validation, Set<String> test) {}

  private static Sides sides(List<Sample> samples, Seed seed) {
    if (samples.stream().allMatch(sample -> sample.split().isPresent())) {
      Split split = Split.published(dev.auscult.data.Datasets.of("the split", samples));
      if (!split.validation().isEmpty()) {
        return new Sides(ids(split.train()), ids(split.validation()), ids(split.test()));
      }
      TrainingSplit fit = stratified(split.train(), VALIDATION, seed);
      return new Sides(Set.copyOf(fit.fit()), Set.copyOf(fit.validation()), ids(split.test()));
    }
    StudySplits plan =
        plan(samples, new Design(new HeldOut(TEST), List.of(1.0), 1, VALIDATION), seed);
    TrainingSplit fit = plan.training().get(0);
    return new Sides(Set.copyOf(fit.fit()), Set.copyOf(fit.validation()), Set.copyOf(plan.test()));
  }

  /** Parts training samples: those held out validate. */
  private static TrainingSplit stratified(List<Sample> train, double validation, Seed seed) {
    StudySplits plan = plan(train, new Design(new HeldOut(validation), List.of(1.0), 1, 0), seed);
    return new TrainingSplit(1, 1, plan.pool(), plan.test(), List.of());
  }

  private static StudySplits plan(List<Sample> samples, Design design, Seed seed) {
    Map<String, Set<String>> labels =
        samples.stream().collect(Collectors.toMap(Sample::id, sample -> Set.of(outcome(sample))));
    return StudySplits.plan(samples, labels, design, seed);
  }

  private static Set<String> ids(List<Sample> samples) {
    return samples.stream().map(Sample::id).collect(Collectors.toSet());
  }

  private static List<Integer> rows(PairedFeatures all, Set<String> ids) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < all.size(); row++) {
      if (ids.contains(all.samples().get(row).id())) {
        rows.add(row);
      }
    }
    return rows;
  }

  private void requireSides() {
    Map<String, String> sideOf = new HashMap<>();
    Map<String, PairedFeatures> sides = new LinkedHashMap<>();
    sides.put("training", train);
    sides.put("validation", validation);
    sides.put("test", test);
    sides.forEach(
        (side, features) -> {
          requireEveryOutcome(side, features);
          for (String patient : Set.copyOf(features.patients())) {
            String other = sideOf.putIfAbsent(patient, side);
            if (other != null) {
              throw new InputException(
                  "the split",
                  "a patient on two sides (%s and %s)".formatted(other, side),
                  "each patient on one side only",
                  "correct the split column, or leave it out to split by patient");
            }
          }
        });
  }

  private void requireEveryOutcome(String side, PairedFeatures features) {
    for (int outcome = 0; outcome < outcomes.size(); outcome++) {
      if (!features.outcomes().contains(outcome)) {
        throw new InputException(
            "the %s side of the split".formatted(side),
            "no sample with the outcome '%s' among %d"
                .formatted(outcomes.get(outcome), features.size()),
            "every outcome on every side",
            "add samples of more patients, or leave rare outcomes out");
      }
    }
  }
}
