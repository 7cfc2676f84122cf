package dev.auscult.overlay;

import dev.auscult.data.Dataset.Skipped;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.PairedDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What burned-in text does to one model.
 *
 * @param settings texts, classes, seed
 * @param samples everything that was tried
 * @param skipped samples that were left out, with the reason
 * @param texts how many different texts the data have, among which a sample's own is ranked
 */
public record OverlayResult(
    OverlaySettings settings, List<OverlaidSample> samples, List<Skipped> skipped, int texts) {

  /** Copies the lists. */
  public OverlayResult {
    samples = List.copyOf(samples);
    skipped = List.copyOf(skipped);
  }

  /** How many patients, or images where the patient is not known. */
  public int patients() {
    return (int) samples.stream().map(OverlaidSample::cluster).distinct().count();
  }

  private Clusters clusters(List<OverlaidSample> of) {
    return Clusters.of(of.stream().map(OverlaidSample::cluster).toList());
  }

  /** A number of one trial of a sample. */
  @FunctionalInterface
  private interface Value {
    double of(Trial trial, OverlaidSample sample);
  }

  private static double[] values(List<OverlaidSample> of, int trial, Value value) {
    return of.stream()
        .mapToDouble(sample -> value.of(sample.trials().get(trial), sample))
        .toArray();
  }

  /** A figure of the images as they are; undefined without samples that have it. */
  public Estimate original(OverlayFigure figure) {
    List<OverlaidSample> having = having(figure, 0);
    return having.isEmpty()
        ? Estimate.undefined()
        : settings
            .bootstrap()
            .mean(
                values(
                    having,
                    0,
                    (trial, sample) -> figure.of(trial.original(), trial, sample.truth())),
                clusters(having));
  }

  private List<OverlaidSample> having(OverlayFigure figure, int at) {
    return samples.stream()
        .filter(
            sample -> {
              Trial trial = sample.trials().get(at);
              return Double.isFinite(figure.of(trial.words(), trial, sample.truth()));
            })
        .toList();
  }

  /**
   * The effects of every condition and kind on every figure, as far as they are defined: of kinds
   * that name no class nothing is measured that needs one, and of data without texts no rank.
   */
  public List<Effect> effects() {
    List<Effect> effects = new ArrayList<>();
    for (OverlayFigure figure : OverlayFigure.values()) {
      effects.addAll(effects(figure));
    }
    return effects;
  }

  private List<Effect> effects(OverlayFigure figure) {
    List<Effect> raw = new ArrayList<>();
    int at = 0;
    for (Condition condition : settings.design().conditions()) {
      for (TextKind kind : settings.design().kinds()) {
        effect(figure, condition, kind, at++).ifPresent(raw::add);
      }
    }
    List<Double> adjusted = Holm.adjusted(raw.stream().map(effect -> effect.words().p()).toList());
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Effect one = raw.get(i);
      effects.add(
          new Effect(
              one.condition(), one.kind(), figure, one.shift(), one.words(), adjusted.get(i)));
    }
    return effects;
  }

  private Optional<Effect> effect(
      OverlayFigure figure, Condition condition, TextKind kind, int at) {
    List<OverlaidSample> having = having(figure, at);
    if (having.isEmpty() || (figure.needsName() && !kind.namesClass())) {
      return Optional.empty();
    }
    Function<Function<Trial, Reading>, double[]> figures =
        version ->
            values(
                having,
                at,
                (trial, sample) -> figure.of(version.apply(trial), trial, sample.truth()));
    double[] words = figures.apply(Trial::words);
    double[] original = figures.apply(Trial::original);
    Bootstrap bootstrap = settings.bootstrap();
    Clusters clusters = clusters(having);
    double[] shifts = new double[words.length];
    Arrays.setAll(shifts, i -> words[i] - original[i]);
    return Optional.of(
        new Effect(
            condition,
            kind,
            figure,
            bootstrap.mean(shifts, clusters),
            PairedDifference.of(words, figures.apply(Trial::blank), clusters, bootstrap),
            Double.NaN));
  }

  /** The difference of true and contradicting text per condition; none without both. */
  public List<LabelDifference> differences() {
    int right = settings.design().kinds().indexOf(TextKind.TRUE);
    int wrong = settings.design().kinds().indexOf(TextKind.CONTRADICTING);
    if (right < 0 || wrong < 0 || samples.isEmpty()) {
      return List.of();
    }
    Value beyond = (trial, sample) -> trial.words().probability() - trial.blank().probability();
    List<PairedDifference> paired = new ArrayList<>();
    List<Condition> conditions = settings.design().conditions();
    for (int c = 0; c < conditions.size(); c++) {
      int first = c * settings.design().kinds().size();
      paired.add(
          PairedDifference.of(
              values(samples, first + right, beyond),
              values(samples, first + wrong, beyond),
              clusters(samples),
              settings.bootstrap()));
    }
    List<Double> adjusted = Holm.adjusted(paired.stream().map(PairedDifference::p).toList());
    return IntStream.range(0, paired.size())
        .mapToObj(
            c ->
                new LabelDifference(conditions.get(c), paired.get(c).difference(), adjusted.get(c)))
        .toList();
  }

  /** Whether the model follows burned-in text; empty unless it was tried with both labels. */
  public Optional<Verdict> verdict() {
    List<LabelDifference> differences = differences();
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(Verdict.of(differences, patients()));
  }
}
