package dev.auscult.balance;

import dev.auscult.balance.ExplanationQuality.Deleted;
import dev.auscult.balance.ExplanationQuality.Figure;
import dev.auscult.balance.ExplanationQuality.Seeds;
import dev.auscult.balance.ExplanationQuality.Surrogate;
import dev.auscult.balance.ExplanationQuality.Swaps;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.shapley.DeletionCurves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Gathers the quality of samples into that of a model's explanations, a few numbers of each. */
final class QualitySummary {
  private final int repeats;
  private final Bootstrap bootstrap;
  private final List<double[]> rows = new ArrayList<>();
  private final List<String> clusters = new ArrayList<>();
  private final double[] mostFirst = new double[QualityConfig.STEPS + 1];
  private final double[] leastFirst = new double[QualityConfig.STEPS + 1];
  private double gains;
  private long passes;

  QualitySummary(int repeats, Seed seed) {
    this.repeats = repeats;
    this.bootstrap = Bootstrap.bca(seed.derive("quality bootstrap"));
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
            rootMeanSquare("delta_sd"),
            rootMeanSquare("delta_se")),
        new Swaps(figure("text_swapped_spearman_image"), figure("image_swapped_spearman_text")),
        passes);
  }

  private static int column(String figure) {
    return QualityLine.FIGURES.indexOf(figure);
  }

  /** Rows in which a figure is defined. */
  private List<Integer> defined(int column) {
    return IntStream.range(0, rows.size())
        .filter(row -> Double.isFinite(rows.get(row)[column]))
        .boxed()
        .toList();
  }

  private double[] values(List<Integer> chosen, int column) {
    return chosen.stream().mapToDouble(row -> rows.get(row)[column]).toArray();
  }

  private Clusters clusters(List<Integer> chosen) {
    return Clusters.of(chosen.stream().map(clusters::get).toList());
  }

  private Figure figure(String name) {
    int column = column(name);
    List<Integer> chosen = defined(column);
    double[] values = values(chosen, column);
    return new Figure(bootstrap.mean(values, clusters(chosen)), median(values));
  }

  /** The mean area, each sample weighted by its gain: a ratio of means. */
  private Figure area() {
    List<Integer> chosen = defined(column("deletion_area"));
    double[] areas = values(chosen, column("deletion_area"));
    double[] gains = values(chosen, column("deletion_gain"));
    if (chosen.isEmpty()) {
      return new Figure(Estimate.undefined(), Double.NaN);
    }
    Estimate mean = bootstrap.of(clusters(chosen), picked -> weighted(areas, gains, picked));
    return new Figure(mean, median(areas));
  }

  private static double weighted(double[] areas, double[] gains, int[] picked) {
    double sum = 0;
    double weights = 0;
    for (int i : picked) {
      sum += Math.abs(gains[i]) * areas[i];
      weights += Math.abs(gains[i]);
    }
    return sum / weights;
  }

  private Deleted deleted() {
    List<Double> removed =
        IntStream.range(0, mostFirst.length)
            .mapToObj(step -> (double) step / QualityConfig.STEPS)
            .toList();
    return new Deleted(removed, mean(mostFirst), mean(leastFirst), area());
  }

  private List<Double> mean(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / gains).boxed().toList();
  }

  private double rootMeanSquare(String name) {
    int column = column(name);
    double[] values = values(defined(column), column);
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum() / values.length);
  }

  private static double median(double[] values) {
    double[] ascending = Arrays.stream(values).sorted().toArray();
    int n = ascending.length;
    return n == 0 ? Double.NaN : (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
  }
}
