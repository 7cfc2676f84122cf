package dev.auscult.study;

import dev.auscult.adapt.ClassTexts;
import dev.auscult.base.Progress;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Combination;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.TextItem;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The embedded prompts of a task, and the sentences of its samples that state one combination. */
final class TaskTexts {
  private static final String NO_FINDING = "No finding.";

  /** For each combination its prompts, the canonical one first. */
  private final List<Set<String>> prompts;

  /** For each sample its sentences, each with the combinations that it is said of there. */
  private final Map<String, Map<String, SortedSet<Integer>>> sentences;

  private final Map<String, float[]> vectors;
  private final String none;
  private final int dimension;

  private TaskTexts(
      List<Set<String>> prompts,
      Map<String, Map<String, SortedSet<Integer>>> sentences,
      Map<String, float[]> vectors,
      String none,
      int dimension) {
    this.prompts = prompts;
    this.sentences = sentences;
    this.vectors = vectors;
    this.none = none;
    this.dimension = dimension;
  }

  /**
   * Embeds the prompts, and with {@link StudyTexts#MIXED} the sentences.
   *
   * @param samples those of the task
   */
  static TaskTexts embed(
      ClassConceptPrior prior,
      List<Sample> samples,
      StudyTexts texts,
      Embedder embedder,
      Progress progress) {
    List<Set<String>> prompts = new ArrayList<>();
    Set<String> all = new LinkedHashSet<>();
    for (Combination combination : prior.combinations()) {
      Set<String> of = new LinkedHashSet<>(List.of(combination.prompt()));
      of.addAll(combination.synonyms());
      prompts.add(of);
      all.addAll(of);
    }
    String none = prior.noFinding().orElse(NO_FINDING);
    all.add(none);
    Map<String, Map<String, SortedSet<Integer>>> sentences =
        texts == StudyTexts.MIXED ? sentences(prior, samples, all) : Map.of();
    sentences.values().forEach(of -> all.addAll(of.keySet()));
    FloatMatrix rows =
        embedder
            .texts(all.stream().map(text -> new TextItem(text, text)).toList(), progress)
            .embeddings()
            .vectors();
    Map<String, float[]> vectors = new HashMap<>();
    int next = 0;
    for (String text : all) {
      vectors.put(text, rows.row(next++));
    }
    return new TaskTexts(prompts, sentences, vectors, none, rows.columns());
  }

  /** For each sample its sentences, each with the combinations that it is said of there. */
  private static Map<String, Map<String, SortedSet<Integer>>> sentences(
      ClassConceptPrior prior, List<Sample> samples, Set<String> taken) {
    Map<String, Map<String, SortedSet<Integer>>> sentences = new HashMap<>();
    for (Sample sample : samples) {
      Map<String, SortedSet<Integer>> own = new LinkedHashMap<>();
      for (ImageFinding finding : sample.findings()) {
        SortedSet<Integer> stated =
            prior.combinationsOf(
                new SampleBuilder(sample.id(), sample.image()).findings(List.of(finding)).build());
        Optional<String> sentence = finding.sentence().filter(text -> !taken.contains(text));
        if (sentence.isPresent() && !stated.isEmpty()) {
          own.computeIfAbsent(sentence.get(), text -> new TreeSet<>()).addAll(stated);
        }
      }
      sentences.put(sample.id(), own);
    }
    return sentences;
  }

  /** The prior's prompts. */
  ClassTexts prompts() {
    return texts(prompts);
  }

  /**
   * The prior's prompts and those sentences of some samples that state exactly one combination, and
   * the same one in each of them. What other samples say counts for nothing: it may be tested.
   */
  ClassTexts withSentencesOf(List<String> samples) {
    Map<String, SortedSet<Integer>> stated = new LinkedHashMap<>();
    for (String sample : samples) {
      sentences
          .getOrDefault(sample, Map.of())
          .forEach(
              (sentence, of) ->
                  stated.computeIfAbsent(sentence, text -> new TreeSet<>()).addAll(of));
    }
    List<Set<String>> more = new ArrayList<>();
    prompts.forEach(of -> more.add(new LinkedHashSet<>(of)));
    stated.forEach(
        (sentence, of) -> {
          if (of.size() == 1) {
            more.get(of.first()).add(sentence);
          }
        });
    return texts(more);
  }

  private ClassTexts texts(List<Set<String>> ofCombination) {
    List<Integer> combinationOf = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (int h = 0; h < ofCombination.size(); h++) {
      for (String text : ofCombination.get(h)) {
        combinationOf.add(h);
        rows.add(vector(text));
      }
    }
    float[] values = new float[rows.size() * dimension];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * dimension, dimension);
    }
    return new ClassTexts(
        new FloatMatrix(rows.size(), dimension, values),
        combinationOf,
        new FloatMatrix(1, dimension, vector(none)));
  }

  private float[] vector(String text) {
    return java.util.Objects.requireNonNull(vectors.get(text), text);
  }
}
