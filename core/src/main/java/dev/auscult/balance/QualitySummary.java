package dev.auscult.balance;

import dev.auscult.balance.ExplanationQuality.Deleted;
import dev.auscult.balance.ExplanationQuality.Figure;
import dev.auscult.balance.ExplanationQuality.Seeds;
import dev.auscult.balance.ExplanationQuality.Shuffled;
import dev.auscult.balance.ExplanationQuality.Surrogate;
import dev.auscult.balance.ExplanationQuality.Swaps;
import dev.auscult.balance.ShuffledLine.Likeness;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.shapley.DeletionCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Gathers the quality of samples into that of a model's explanations, a few numbers of each. */
final class QualitySummary {
  private final int repeats;
  private final FigureEstimator estimator;
  private final List<double[]> rows = new ArrayList<>();
  private final List<String> clusters = new ArrayList<>();
  private final double[] mostFirst = new double[QualityConfig.STEPS + 1];
  private final double[] leastFirst = new double[QualityConfig.STEPS + 1];
  private final Map<Integer, AtDepth> depths = new TreeMap<>();
  private double gains;
  private long passes;

  QualitySummary(int repeats, Seed seed) {
    this.repeats = repeats;
    this.estimator = new FigureEstimator(Bootstrap.bca(seed.derive("quality bootstrap")));
  }

  void take(SampleQuality quality, String cluster) {
    rows.add(QualityLine.figures(quality).stream().mapToDouble(Double::doubleValue).toArray());
    clusters.add(cluster);
    passes += quality.passes();
    DeletionCurves curves = quality.deletion();
    gains += Math.abs(curves.gain());
    if (curves.gain() != 0) {
      add(curves, curves.normalisedMostFirst(), mostFirst);
      add(curves, curves.normalisedLeastFirst(), leastFirst);
    }
  }

  void take(ShuffledLine row, String cluster) {
    AtDepth found =
        depths.computeIfAbsent(
            row.depth(), d -> new AtDepth(row.layers(), new ArrayList<>(), new ArrayList<>()));
    found.likenesses().add(row.likeness());
    found.clusters().add(cluster);
    passes += row.passes();
  }

  /** Weights by the gain; between the steps of a sample with few players curves are straight. */
  private static void add(DeletionCurves curves, List<Double> normalised, double[] sums) {
    int segment = 1;
    for (int step = 0; step < sums.length; step++) {
      double at = (double) step / QualityConfig.STEPS;
      while (curves.removed().get(segment) < at) {
        segment++;
      }
      double from = curves.removed().get(segment - 1);
      double share = (at - from) / (curves.removed().get(segment) - from);
      double value =
          normalised.get(segment - 1)
              + share * (normalised.get(segment) - normalised.get(segment - 1));
      sums[step] += Math.abs(curves.gain()) * value;
    }
  }

  ExplanationQuality quality() {
    return new ExplanationQuality(
        rows.size(),
        deleted(),
        new Surrogate(figure("surrogate_r2"), figure("surrogate_spearman")),
        new Seeds(
            repeats,
            figure("seed_spearman"),
            figure("seed_spearman_image"),
            figure("seed_spearman_text"),
            FigureEstimator.rootMeanSquare(column("delta_sd")),
            FigureEstimator.rootMeanSquare(column("delta_se"))),
        new Swaps(figure("text_swapped_spearman_image"), figure("image_swapped_spearman_text")),
        shuffled(),
        passes);
  }

  private double[] column(String figure) {
    int column = QualityLine.FIGURES.indexOf(figure);
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  private Figure figure(String name) {
    return estimator.mean(column(name), clusters);
  }

  private Deleted deleted() {
    List<Double> removed =
        IntStream.range(0, mostFirst.length)
            .mapToObj(step -> (double) step / QualityConfig.STEPS)
            .toList();
    double[] weights = Arrays.stream(column("deletion_gain")).map(Math::abs).toArray();
    return new Deleted(
        removed,
        mean(mostFirst),
        mean(leastFirst),
        estimator.weightedMean(column("deletion_area"), weights, clusters));
  }

  private List<Double> mean(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / gains).boxed().toList();
  }

  private List<Shuffled> shuffled() {
    List<Shuffled> found = new ArrayList<>();
    depths.forEach((depth, likenesses) -> found.add(likenesses.summary(depth, estimator)));
    return found;
  }

  /**
   * What was found at one depth.
   *
   * @param layers what the layer shuffled last is called
   */
  private record AtDepth(String layers, List<Likeness> likenesses, List<String> clusters) {

    Shuffled summary(int depth, FigureEstimator estimator) {
      return new Shuffled(
          depth,
          layers,
          figure(Likeness::all, estimator),
          figure(Likeness::image, estimator),
          figure(Likeness::text, estimator));
    }

    private Figure figure(ToDoubleFunction<Likeness> of, FigureEstimator estimator) {
      return estimator.mean(likenesses.stream().mapToDouble(of).toArray(), clusters);
    }
  }
}
