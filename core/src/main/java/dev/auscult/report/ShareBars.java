package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.NamedEstimate;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;

/**
 * TScore and IScore of several models. They add up to 1, so one bar per model holds both: its left
 * part is the text's share, its right part the image's, and the interval sits where they meet.
 */
final class ShareBars {
  private static final int ROW = 54;
  private static final int FRAME = 100;
  private static final int FIGURES = 220;

  /** The share a part needs to hold the word that names it. */
  private static final double WORD = 0.14;

  private static final double BAR_BOTTOM = 0.06;
  private static final double BAR_TOP = 0.56;

  private ShareBars() {}

  static Picture picture(String name, List<NamedEstimate> tscores) {
    return new Picture(
        name, alt(tscores), ChartStyle.WIDTH, FRAME + ROW * tscores.size(), g -> draw(g, tscores));
  }

  private static String alt(List<NamedEstimate> tscores) {
    return tscores.stream()
        .map(model -> "%s: TScore %s".formatted(model.name(), Figures.interval(model.estimate())))
        .collect(
            Collectors.joining(
                "; ", "Share of text (TScore) and image (IScore) in the score per model. ", "."));
  }

  private static void draw(Graphics2D g, List<NamedEstimate> tscores) {
    int height = FRAME + ROW * tscores.size();
    XYChart chart = new XYChart(ChartStyle.WIDTH, height);
    ChartStyle.apply(chart);
    chart.setXAxisTitle(
        "share of the absolute contributions (TScore from the left, IScore from the right)");
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setXAxisDecimalPattern("0.0");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax((double) tscores.size());
    chart.getStyler().setYAxisTicksVisible(false).setPlotGridLinesVisible(false);
    chart.getStyler().setLegendVisible(false);
    for (int i = 0; i < tscores.size(); i++) {
      addBar(chart, tscores.size() - 1 - i, tscores.get(i).estimate());
    }
    chart.paint(g, ChartStyle.WIDTH, height);
    annotate(g, chart, tscores);
  }

  private static void addBar(XYChart chart, int row, Estimate tscore) {
    double split = Double.isFinite(tscore.value()) ? tscore.value() : 0;
    double bottom = row + BAR_BOTTOM;
    double top = row + BAR_TOP;
    Color rest = Double.isFinite(tscore.value()) ? Palette.IMAGE : Palette.BAND;
    ChartStyle.rectangle(chart, "text " + row, Palette.TEXT, 0, bottom, split, top);
    ChartStyle.rectangle(chart, "image " + row, rest, split, bottom, 1, top);
  }

  private static void annotate(Graphics2D g, XYChart chart, List<NamedEstimate> tscores) {
    double half = chart.getScreenXFromChart(0.5);
    double top = chart.getScreenYFromChart(tscores.size() - 1 + BAR_TOP);
    ChartStyle.rimmed(
        g, new Line2D.Double(half, chart.getScreenYFromChart(0), half, top), ChartStyle.HAIRLINE);
    for (int i = 0; i < tscores.size(); i++) {
      annotate(g, chart, tscores.size() - 1 - i, tscores.get(i));
    }
  }

  private static void annotate(Graphics2D g, XYChart chart, int row, NamedEstimate model) {
    Estimate tscore = model.estimate();
    double left = chart.getScreenXFromChart(0);
    double right = chart.getScreenXFromChart(1);
    double above = chart.getScreenYFromChart(row + BAR_TOP) - 7;
    double middle = chart.getScreenYFromChart(row + (BAR_BOTTOM + BAR_TOP) / 2);
    String name = ChartStyle.fitted(g, ChartStyle.STRONG, model.name(), right - left - FIGURES);
    String figures =
        Double.isFinite(tscore.value())
            ? "TScore " + Figures.interval(tscore)
            : "undefined for every sample";
    ChartStyle.words(g, ChartStyle.STRONG, Palette.INK, name, left, above, 0);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, figures, right, above, 1);
    if (tscore.value() > WORD) {
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, "text", left + 8, middle + 5, 0);
    }
    if (tscore.value() < 1 - WORD) {
      ChartStyle.words(g, ChartStyle.WORDS, Color.WHITE, "image", right - 8, middle + 5, 1);
    }
    if (Double.isFinite(tscore.lo())) {
      double lo = chart.getScreenXFromChart(tscore.lo());
      double hi = chart.getScreenXFromChart(tscore.hi());
      ChartStyle.whisker(g, lo, hi, middle, 6);
    }
  }
}
