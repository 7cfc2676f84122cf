package dev.auscult.report;

import dev.auscult.report.Charts.NamedValues;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/** Histograms of delta, one below the other on common axes, with the balanced band behind them. */
final class DeltaHistograms {
  private static final int BINS = 40;
  private static final int PANEL = 132;
  private static final int LAST_PANEL = 154;
  private static final int HEADING = 24;
  private static final int BASELINE = -3;
  private static final int FIGURES = 220;
  private static final double BALANCED = 0.1;

  private DeltaHistograms() {}

  static Picture picture(String name, List<NamedValues> deltas) {
    return new Picture(
        name,
        alt(deltas),
        ChartStyle.WIDTH,
        (HEADING + PANEL) * (deltas.size() - 1) + HEADING + LAST_PANEL,
        g -> draw(g, deltas));
  }

  private static String alt(List<NamedValues> deltas) {
    return deltas.stream()
        .map(
            model ->
                "%s: %d samples, median %s"
                    .formatted(
                        model.name(), model.values().size(), Figures.signed(median(model), 3)))
        .collect(Collectors.joining("; ", "Distribution of delta over the samples. ", "."));
  }

  private static double median(NamedValues model) {
    List<Double> sorted = model.values().stream().sorted().toList();
    int n = sorted.size();
    return n == 0 ? Double.NaN : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
  }

  private static void draw(Graphics2D g, List<NamedValues> deltas) {
    int highest =
        deltas.stream().flatMapToInt(model -> IntStream.of(counts(model.values()))).max().orElse(0);
    for (int i = 0; i < deltas.size(); i++) {
      boolean last = i == deltas.size() - 1;
      int top = i * (HEADING + PANEL) + HEADING;
      g.translate(0, top);
      panel(g, deltas.get(i), Math.max(1, highest), last ? LAST_PANEL : PANEL, last);
      g.translate(0, -top);
    }
  }

  /** Samples per bin of width 0.05 from -1 to 1; 1 itself belongs to the last bin. */
  static int[] counts(List<Double> values) {
    int[] counts = new int[BINS];
    for (double value : values) {
      int bin = (int) Math.floor((value + 1) * BINS / 2);
      counts[Math.max(0, Math.min(BINS - 1, bin))]++;
    }
    return counts;
  }

  private static void panel(
      Graphics2D g, NamedValues model, int highest, int height, boolean last) {
    XYChart chart = new XYChart(ChartStyle.WIDTH, height);
    ChartStyle.apply(chart);
    double top = highest * 1.08;
    chart.setYAxisTitle("samples");
    chart.getStyler().setXAxisMin(-1.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(top);
    chart.setCustomXAxisTickLabelsFormatter(tick -> ChartStyle.minus(Figures.decimal(tick, 1)));
    chart.getStyler().setYAxisDecimalPattern("0").setChartPadding(6);
    chart.getStyler().setYAxisTickMarkSpacingHint(30).setLegendVisible(false);
    chart.getStyler().setYAxisLeftWidthHint(64);
    if (last) {
      chart.setXAxisTitle("delta = TScore − IScore (−1 image only, 0 balanced, +1 text only)");
    }
    ChartStyle.rectangle(chart, "balanced", Palette.BAND, -BALANCED, 0, BALANCED, top);
    int[] counts = counts(model.values());
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        double from = -1 + bin * 2.0 / BINS;
        ChartStyle.rectangle(
            chart,
            "bin " + bin,
            from < 0 ? Palette.IMAGE : Palette.TEXT,
            from + 0.002,
            0,
            from + 2.0 / BINS - 0.002,
            counts[bin]);
      }
    }
    chart.paint(g, ChartStyle.WIDTH, height);
    annotate(g, chart, model, top);
  }

  private static void annotate(Graphics2D g, XYChart chart, NamedValues model, double top) {
    double left = chart.getScreenXFromChart(-1);
    double right = chart.getScreenXFromChart(1);
    double median = median(model);
    String figure =
        "%d samples, median %s"
            .formatted(model.values().size(), ChartStyle.minus(Figures.signed(median, 3)));
    String name = ChartStyle.fitted(g, ChartStyle.STRONG, model.name(), right - left - FIGURES);
    ChartStyle.words(g, ChartStyle.STRONG, Palette.INK, name, left, BASELINE, 0);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, figure, right, BASELINE, 1);
    if (Double.isFinite(median)) {
      double x = chart.getScreenXFromChart(median);
      double foot = chart.getScreenYFromChart(0);
      ChartStyle.rimmed(
          g, new Line2D.Double(x, foot, x, chart.getScreenYFromChart(top)), ChartStyle.WHISKER);
    }
  }
}
