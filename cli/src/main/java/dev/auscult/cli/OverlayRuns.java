package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ScoreFunction;
import dev.auscult.overlay.ClassScorer;
import dev.auscult.overlay.ClassScorer.ClassScores;
import dev.auscult.overlay.OverlayAudit;
import dev.auscult.overlay.OverlayCases;
import dev.auscult.overlay.OverlayResult;
import dev.auscult.overlay.OverlaySettings;
import dev.auscult.overlay.OverlayVersion;
import dev.auscult.overlay.TextPool;
import dev.auscult.report.Figures;
import dev.auscult.report.OverlaidModel;
import dev.auscult.report.OverlayExample;
import dev.auscult.tensor.Compute;
import dev.auscult.text.PromptTemplates;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.Prediction.ClassScore;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same texts on the same images under several models. */
final class OverlayRuns {
  private final OverlaySettings settings;
  private final OverlayCases cases;
  private final PromptTemplates templates;
  private final int balance;
  private final Compute compute;
  private final EmbeddingCache cache;
  private final OverlayAudit audit;

  /**
   * @param balance samples whose modality balance is audited; 0 for none
   */
  OverlayRuns(
      OverlaySettings settings,
      OverlayCases cases,
      PromptTemplates templates,
      int balance,
      Compute compute,
      EmbeddingCache cache) {
    this.settings = settings;
    this.cases = cases;
    this.templates = templates;
    this.balance = balance;
    this.compute = compute;
    this.cache = cache;
    this.audit = new OverlayAudit(settings, cases);
  }

  /** What is going to be done, before it is. */
  String announcement() {
    return "%s under %s: up to %s per model"
        .formatted(
            Figures.count(cases.cases().size(), "sample"),
            Figures.count(settings.design().conditions().size(), "condition"),
            Figures.count((long) cases.cases().size() * audit.imagesPerSample(), "image"));
  }

  /**
   * Runs all models.
   *
   * @throws dev.auscult.base.InputException if nothing could be read
   */
  List<OverlaidModel> of(List<DualEncoder> encoders, Dataset data, Progress progress) {
    List<OverlaidModel> found = new ArrayList<>();
    for (DualEncoder encoder : encoders) {
      Embedder embedder = new Embedder(encoder, compute, cache);
      TextPool pool = TextPool.of(data.samples(), embedder, progress);
      OverlayResult result = audit.run(embedder, scorer(encoder, embedder), pool, progress);
      SkippedFile.refuseNothing(result.samples().size(), result.skipped());
      found.add(
          new OverlaidModel(
              encoder.identity().name(),
              result,
              result.effects(),
              result.differences(),
              result.verdict(),
              balance().of(encoder, progress)));
    }
    return found;
  }

  private List<List<String>> prompts() {
    return settings.classes().names().stream().map(templates::prompts).toList();
  }

  private ClassScorer scorer(DualEncoder encoder, Embedder embedder) {
    List<String> names = settings.classes().names();
    ZeroShotClassifier classifier =
        ZeroShotClassifier.of(
            names, prompts(), Ensemble.EMBEDDINGS, embedder, encoder.score(), Progress.NONE);
    ScoreFunction score = encoder.score();
    return images ->
        classifier.classify(images).stream().map(one -> inOrder(one, names, score)).toList();
  }

  private static ClassScores inOrder(
      Prediction prediction, List<String> names, ScoreFunction score) {
    Map<String, ClassScore> byName = new HashMap<>();
    prediction.ranked().forEach(one -> byName.put(one.label(), one));
    List<Double> probabilities = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    for (String name : names) {
      ClassScore one = byName.get(name);
      if (one == null) {
        throw new IllegalStateException("a class without a score: " + name);
      }
      probabilities.add(one.probability());
      scores.add(score.of(one.cosine()));
    }
    return new ClassScores(probabilities, scores);
  }

  private OverlayBalance balance() {
    return new OverlayBalance(
        cases,
        balance,
        OverlayVersion.basic(settings).stream().filter(OverlayVersion::aboutLabels).toList(),
        prompts().stream().map(list -> list.get(0)).toList(),
        settings.seed());
  }

  /** A few samples to look at. */
  List<OverlayExample> examples(List<DualEncoder> encoders, List<OverlaidModel> found) {
    return new OverlayExamples(settings, cases, found).seenBy(encoders.get(0).imageTransform());
  }
}
