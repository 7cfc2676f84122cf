package dev.auscult.fusion;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Deviation;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.PairedDifference;
import dev.auscult.metric.ResampledFigures;
import dev.auscult.metric.ResampledFigures.Range;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Trains every {@link FusionMethod} on the same data and compares them on the test side. */
public final class FusionStudy {
  private static final List<FusionMethod> METHODS = List.of(FusionMethod.values());
  private static final List<FusionMetric> METRICS = List.of(FusionMetric.values());

  /** How many values {@link FusionFigures#of} has. */
  private static final int ROW = METRICS.size() + 2;

  private final FusionData data;
  private final Bootstrap bootstrap;
  private final Map<FusionMethod, Trained> trained = new EnumMap<>(FusionMethod.class);
  private final Map<FusionMethod, FloatMatrix> logits = new EnumMap<>(FusionMethod.class);
  private final Map<FusionMethod, FusionFigures> figures = new EnumMap<>(FusionMethod.class);

  private FusionStudy(FusionData data, Bootstrap bootstrap) {
    this.data = data;
    this.bootstrap = bootstrap;
  }

  /**
   * Trains, chooses on the validation side, measures on the test side.
   *
   * @param threads for resampling; no figure depends on it
   */
  public static FusionResult run(
      FusionData data, Seed seed, Bootstrap bootstrap, int threads, Progress progress) {
    FusionStudy study = new FusionStudy(data, bootstrap);
    for (FusionMethod method : FusionMethod.values()) {
      study.train(method, seed.derive(method.term()), progress);
    }
    return study.result(seed.derive("background"), threads, progress);
  }

  private void train(FusionMethod method, Seed seed, Progress progress) {
    Trained fitted =
        method == FusionMethod.GATED
            ? GatedFusion.fit(data, seed, progress)
            : LinearFusion.fit(method, data);
    PairedFeatures test = data.test();
    FloatMatrix scores = fitted.classifier().logits(test.images(), test.texts());
    trained.put(method, fitted);
    logits.put(method, scores);
    figures.put(method, new FusionFigures(test, scores));
  }

  private FusionMethod fused() {
    return Collections.min(
        FusionMethod.FUSED, java.util.Comparator.comparingDouble(this::validationLoss));
  }

  private double validationLoss(FusionMethod method) {
    return Objects.requireNonNull(trained.get(method)).validationLoss();
  }

  private FusionResult result(Seed background, int threads, Progress progress) {
    int patients = Clusters.of(data.test().patients()).count();
    FusionFigures blind = blind();
    ResampledFigures resampled =
        ResampledFigures.of(
            bootstrap,
            patients,
            threads,
            progress,
            weights -> {
              double[] all = new double[(METHODS.size() + 1) * ROW];
              figures.forEach(
                  (method, of) -> System.arraycopy(of.of(weights), 0, all, place(method), ROW));
              System.arraycopy(blind.of(weights), 0, all, METHODS.size() * ROW, ROW);
              return all;
            });
    FusionMethod fused = fused();
    Trained best = Objects.requireNonNull(trained.get(fused));
    return new FusionResult(
        fused,
        trained,
        logits,
        figures(resampled),
        comparisons(resampled),
        worth(resampled, fused),
        ScoreAudit.of(best.classifier(), data.test(), data.train(), bootstrap, background));
  }

  /** Who sees nothing: it tells every sample the shares of the outcomes in training. */
  private FusionFigures blind() {
    int outcomes = data.outcomes().size();
    float[] shares = new float[outcomes];
    data.train().outcomes().forEach(outcome -> shares[outcome]++);
    float[] scores = new float[data.test().size() * outcomes];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.log(shares[i % outcomes] / data.train().size());
    }
    return new FusionFigures(data.test(), new FloatMatrix(data.test().size(), outcomes, scores));
  }

  private static double value(double[] all, FusionMethod method, FusionMetric metric) {
    return all[place(method) + METRICS.indexOf(metric)];
  }

  /** Where a method's figures begin. */
  private static int place(FusionMethod method) {
    return METHODS.indexOf(method) * ROW;
  }

  private Map<FusionMethod, Map<FusionMetric, Estimate>> figures(ResampledFigures resampled) {
    Map<FusionMethod, Map<FusionMetric, Estimate>> all = new EnumMap<>(FusionMethod.class);
    for (FusionMethod method : FusionMethod.values()) {
      Map<FusionMetric, Estimate> of = new EnumMap<>(FusionMetric.class);
      for (FusionMetric metric : FusionMetric.values()) {
        of.put(
            metric,
            metric == FusionMetric.ECE
                ? ece(resampled, place(method))
                : estimate(resampled, values -> value(values, method, metric)));
      }
      all.put(method, Collections.unmodifiableMap(of));
    }
    return all;
  }

  /** Of a sum of sizes, quantiles of resamples are no interval. */
  private Estimate ece(ResampledFigures resampled, int place) {
    int bounds = place + METRICS.size();
    return resampled.estimate(
        resampled.observed()[place + METRICS.indexOf(FusionMetric.ECE)],
        new Deviation(values -> values[bounds], values -> values[bounds + 1]),
        Range.SHARE,
        data.test().size());
  }

  private Estimate estimate(ResampledFigures resampled, ToDoubleFunction<double[]> derived) {
    return resampled.estimate(derived, data.test().size());
  }

  private List<FusionComparison> comparisons(ResampledFigures resampled) {
    List<FusionMethod[]> pairs = new ArrayList<>();
    for (FusionMethod fused : FusionMethod.FUSED) {
      pairs.add(new FusionMethod[] {fused, FusionMethod.IMAGE});
      pairs.add(new FusionMethod[] {fused, FusionMethod.TEXT});
    }
    pairs.add(new FusionMethod[] {FusionMethod.GATED, FusionMethod.CONCATENATION});
    List<Double> p = pairs.stream().map(pair -> pValue(pair[0], pair[1])).toList();
    List<Double> corrected = Holm.adjusted(p);
    List<FusionComparison> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      FusionMethod first = pairs.get(i)[0];
      FusionMethod second = pairs.get(i)[1];
      all.add(
          new FusionComparison(
              first,
              second,
              difference(resampled, first, second, FusionMetric.ACCURACY),
              difference(resampled, first, second, FusionMetric.AUROC),
              difference(resampled, first, second, FusionMetric.BRIER),
              p.get(i),
              corrected.get(i)));
    }
    return all;
  }

  private Estimate difference(
      ResampledFigures resampled, FusionMethod first, FusionMethod second, FusionMetric metric) {
    return estimate(resampled, all -> value(all, first, metric) - value(all, second, metric));
  }

  private double pValue(FusionMethod first, FusionMethod second) {
    return PairedDifference.of(
            Objects.requireNonNull(figures.get(first)).squaredErrors(),
            Objects.requireNonNull(figures.get(second)).squaredErrors(),
            Clusters.of(data.test().patients()),
            bootstrap)
        .p();
  }

  private List<ModalityWorth> worth(ResampledFigures resampled, FusionMethod fused) {
    List<ModalityWorth> all = new ArrayList<>();
    for (FusionMetric metric : List.of(FusionMetric.ACCURACY, FusionMetric.AUROC)) {
      all.add(
          new ModalityWorth(
              metric,
              estimate(resampled, v -> game(v, fused, metric).ofImage()),
              estimate(resampled, v -> game(v, fused, metric).ofText()),
              estimate(resampled, v -> game(v, fused, metric).synergy())));
    }
    return all;
  }

  private static TwoPlayers game(double[] all, FusionMethod fused, FusionMetric metric) {
    return new TwoPlayers(
        all[METHODS.size() * ROW + METRICS.indexOf(metric)],
        value(all, FusionMethod.IMAGE, metric),
        value(all, FusionMethod.TEXT, metric),
        value(all, fused, metric));
  }
}
