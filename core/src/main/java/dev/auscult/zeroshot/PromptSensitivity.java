package dev.auscult.zeroshot;

import dev.auscult.base.Progress;
import dev.auscult.embed.Embeddings;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.Moments;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.PairedDifference;
import dev.auscult.metric.ResampledFigures;
import dev.auscult.model.ScoreFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How far zero-shot classification depends on the wording: the same images under every wording of a
 * prompt set. Nothing is chosen here; whoever picks the best wording needs other images to say how
 * good it is.
 */
public final class PromptSensitivity {
  private static final int PER_WORDING = 2;

  private final LabelledImages images;
  private final List<WordingScores> scores;
  private final Bootstrap bootstrap;
  private final ResampledFigures resampled;

  private PromptSensitivity(
      LabelledImages images,
      List<WordingScores> scores,
      Bootstrap bootstrap,
      ResampledFigures resampled) {
    this.images = images;
    this.scores = scores;
    this.bootstrap = bootstrap;
    this.resampled = resampled;
  }

  /** All texts that the wordings of a set are made of, each once. */
  public static Set<String> texts(PromptSet set) {
    Set<String> texts = new LinkedHashSet<>();
    Wording.of(set).forEach(wording -> texts.addAll(wording.set().texts()));
    return texts;
  }

  /**
   * Classifies the images under every wording.
   *
   * @param set the classes
   * @param labelled images with their classes
   * @param embedded those of them that could be read
   * @param prompts of at least {@link #texts}
   * @param score the model's own
   * @param bootstrap makes the intervals
   * @param threads how many to use; no figure depends on it
   */
  public static PromptSensitivity of(
      PromptSet set,
      LabelledImages labelled,
      Embeddings embedded,
      PromptVectors prompts,
      ScoreFunction score,
      Bootstrap bootstrap,
      int threads,
      Progress progress) {
    LabelledImages images = labelled.only(embedded.ids());
    List<String> patients = images.patients();
    Map<String, Integer> numbers = new HashMap<>();
    int[] cluster = new int[patients.size()];
    for (int i = 0; i < cluster.length; i++) {
      numbers.putIfAbsent(patients.get(i), numbers.size());
      cluster[i] = numbers.getOrDefault(patients.get(i), 0);
    }
    List<WordingScores> scores =
        Wording.of(set).stream()
            .map(
                wording ->
                    WordingScores.of(
                        wording,
                        images,
                        ZeroShotClassifier.of(wording.set(), prompts, score).classify(embedded),
                        cluster,
                        numbers.size()))
            .toList();
    ResampledFigures resampled =
        ResampledFigures.of(
            bootstrap, numbers.size(), threads, progress, weights -> figures(scores, weights));
    return new PromptSensitivity(images, scores, bootstrap, resampled);
  }

  private static double[] figures(List<WordingScores> scores, Multiplicities weights) {
    double[] figures = new double[PER_WORDING * scores.size()];
    for (int w = 0; w < scores.size(); w++) {
      figures[at(w, WordingFigure.ACCURACY)] = scores.get(w).accuracy(weights);
      figures[at(w, WordingFigure.AUROC)] = scores.get(w).auroc(weights);
    }
    return figures;
  }

  private static int at(int wording, WordingFigure figure) {
    return PER_WORDING * wording + (figure == WordingFigure.AUROC ? 1 : 0);
  }

  /** The images that were classified. */
  public LabelledImages images() {
    return images;
  }

  /** Every wording, all prompts of the set's own definition first. */
  public List<WordingResult> results() {
    List<WordingResult> results = new ArrayList<>();
    for (int w = 0; w < scores.size(); w++) {
      results.add(result(w));
    }
    List<Double> adjusted = Holm.adjusted(results.stream().map(WordingResult::p).toList());
    return IntStream.range(0, results.size())
        .mapToObj(w -> results.get(w).withAdjusted(adjusted.get(w)))
        .toList();
  }

  private WordingResult result(int w) {
    WordingScores own = scores.get(w);
    double p =
        w == 0 || !own.hasAccuracy() || !scores.get(0).hasAccuracy()
            ? Double.NaN
            : PairedDifference.of(
                    own.correct(),
                    scores.get(0).correct(),
                    Clusters.of(images.patients()),
                    bootstrap)
                .p();
    return new WordingResult(
        own.wording(),
        own.predicted(),
        estimate(w, WordingFigure.ACCURACY),
        estimate(w, WordingFigure.AUROC),
        difference(w, 0, WordingFigure.ACCURACY),
        difference(w, 0, WordingFigure.AUROC),
        p,
        Double.NaN);
  }

  private Estimate estimate(int w, WordingFigure figure) {
    Estimate found = resampled.estimate(all -> all[at(w, figure)], images.samples().size());
    boolean saturated = found.value() == 0 || found.value() == 1;
    return figure == WordingFigure.ACCURACY && saturated
        ? bootstrap.share(scores.get(w).correct(), Clusters.of(images.patients()))
        : found;
  }

  private Estimate difference(int first, int second, WordingFigure figure) {
    return resampled.estimate(
        all -> all[at(first, figure)] - all[at(second, figure)], images.samples().size());
  }

  /**
   * The spread of each figure over some wordings; empty for figures that less than two of them
   * have.
   *
   * @param kinds which wordings
   */
  public Map<WordingFigure, WordingSpread> spread(Collection<Wording.Kind> kinds) {
    Map<WordingFigure, WordingSpread> spreads = new EnumMap<>(WordingFigure.class);
    for (WordingFigure figure : WordingFigure.values()) {
      spread(kinds, figure).ifPresent(found -> spreads.put(figure, found));
    }
    return spreads;
  }

  private Optional<WordingSpread> spread(Collection<Wording.Kind> kinds, WordingFigure figure) {
    double[] observed = resampled.observed();
    Map<Integer, Double> values = new LinkedHashMap<>();
    for (int w = 0; w < scores.size(); w++) {
      double value = observed[at(w, figure)];
      if (kinds.contains(scores.get(w).wording().kind()) && !Double.isNaN(value)) {
        values.put(w, value);
      }
    }
    if (values.size() < 2) {
      return Optional.empty();
    }
    int worst = values.keySet().iterator().next();
    int best = worst;
    for (int w : values.keySet()) {
      worst = observed[at(w, figure)] < observed[at(worst, figure)] ? w : worst;
      best = observed[at(w, figure)] > observed[at(best, figure)] ? w : best;
    }
    return Optional.of(
        new WordingSpread(
            figure,
            values.size(),
            scores.get(worst).wording().label(),
            scores.get(best).wording().label(),
            observed[at(worst, figure)],
            observed[at(best, figure)],
            Moments.sd(values.values().stream().mapToDouble(Double::doubleValue).toArray()),
            difference(best, worst, figure)));
  }
}
