package dev.auscult.balance;

import dev.auscult.balance.ModalityBalance.Cost;
import dev.auscult.balance.ModalityBalance.ModalityMeans;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Summarises the figures of a model's samples.
 *
 * @param config of the audit
 * @param logitScale the factor between cosine and score
 */
record BalanceSummary(BalanceConfig config, double logitScale) {

  /**
   * A sample's figures with whom they belong to.
   *
   * @param figures the sample's
   * @param cluster its patient, or its image where the patient is not known
   */
  record Row(SampleFigures figures, String cluster) {}

  ModalityBalance of(List<Row> rows, double seconds) {
    List<Row> defined = rows.stream().filter(row -> row.figures().tscore().isPresent()).toList();
    double[] tscores =
        defined.stream().mapToDouble(row -> row.figures().tscore().orElseThrow()).toArray();
    Estimate tscore =
        Bootstrap.bca(config.seed().derive("bootstrap"))
            .mean(tscores, Clusters.of(defined.stream().map(Row::cluster).toList()));
    return new ModalityBalance(
        defined.size(),
        rows.size() - defined.size(),
        tscore,
        shareWithin(tscores, 0.1),
        shareWithin(tscores, 0.2),
        level(rows),
        accuracy(rows),
        new ModalityMeans(
            mean(rows, figures -> figures.scores().textShapley()),
            mean(rows, figures -> figures.scores().imageShapley()),
            mean(rows, figures -> figures.scores().synergy())),
        new Cost(rows.stream().mapToLong(row -> row.figures().passes()).sum(), seconds));
  }

  private static double shareWithin(double[] tscores, double bound) {
    long within = Arrays.stream(tscores).filter(t -> Math.abs(2 * t - 1) < bound).count();
    return (double) within / tscores.length;
  }

  private AlignmentLevel level(List<Row> rows) {
    double[] scores = rows.stream().mapToDouble(row -> row.figures().score()).toArray();
    double[] cosines = Arrays.stream(scores).map(score -> score / logitScale).toArray();
    double[] levels =
        switch (config.level()) {
          case MIN_MAX -> minMax(cosines);
          case HALVED_COSINE -> Arrays.stream(cosines).map(cosine -> (cosine + 1) / 2).toArray();
          case COSINE -> cosines;
          case SIGMOID -> Arrays.stream(scores).map(s -> 1 / (1 + Math.exp(-s))).toArray();
        };
    return new AlignmentLevel(config.level(), Moments.mean(levels), Moments.sd(levels));
  }

  private static double[] minMax(double[] cosines) {
    double min = Arrays.stream(cosines).min().orElse(Double.NaN);
    double max = Arrays.stream(cosines).max().orElse(Double.NaN);
    return Arrays.stream(cosines).map(cosine -> (cosine - min) / (max - min)).toArray();
  }

  private OptionalDouble accuracy(List<Row> rows) {
    return config.task() == AuditTask.VQA
        ? OptionalDouble.of(mean(rows, figures -> figures.correct().orElse(false) ? 1 : 0))
        : OptionalDouble.empty();
  }

  private static double mean(List<Row> rows, ToDoubleFunction<SampleFigures> figure) {
    return Moments.mean(rows.stream().map(Row::figures).mapToDouble(figure).toArray());
  }
}
