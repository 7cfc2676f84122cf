package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.NamedEstimate;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures below each other on a common axis: a dot each, with its interval and its name above. */
final class DotChart {
  private static final int ROW = 40;
  private static final int FRAME = 90;
  private static final int FIGURES = 190;
  private static final double DOT = 9;

  /** Half of the height that the line through the reference takes of a row: words stay free. */
  private static final double BAND = 8;

  /** Room beside the outermost interval, as a share of what is shown. */
  private static final double MARGIN = 0.05;

  private DotChart() {}

  /**
   * @param axis its title
   * @param reference which of the estimates a line goes through
   */
  static Picture picture(String name, String axis, List<NamedEstimate> estimates, int reference) {
    int height = FRAME + ROW * estimates.size();
    return new Picture(
        name,
        alt(axis, estimates),
        ChartStyle.WIDTH,
        height,
        g -> draw(g, axis, List.copyOf(estimates), reference, height));
  }

  private static String alt(String axis, List<NamedEstimate> estimates) {
    return estimates.stream()
        .map(one -> "%s: %s".formatted(one.name(), Figures.interval(one.estimate())))
        .collect(Collectors.joining("; ", axis + ". ", "."));
  }

  private static void draw(
      Graphics2D g, String axis, List<NamedEstimate> estimates, int reference, int height) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (NamedEstimate one : estimates) {
      least = Math.min(least, orElse(one.estimate().lo(), one.estimate().value()));
      most = Math.max(most, orElse(one.estimate().hi(), one.estimate().value()));
    }
    double margin = Math.max(0.01, MARGIN * (most - least));
    XYChart chart = new XYChart(ChartStyle.WIDTH, height);
    ChartStyle.apply(chart);
    chart.setXAxisTitle(axis);
    chart.getStyler().setXAxisMin(least - margin).setXAxisMax(most + margin);
    chart.getStyler().setXAxisDecimalPattern("0.0##");
    chart.getStyler().setYAxisMin(0.0).setYAxisMax((double) estimates.size());
    chart.getStyler().setYAxisTicksVisible(false).setLegendVisible(false);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false);
    chart.getStyler().setPlotGridVerticalLinesVisible(true);
    double[] values = estimates.stream().mapToDouble(one -> one.estimate().value()).toArray();
    double[] rows = new double[values.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(i, rows.length);
    }
    XYSeries series = chart.addSeries("figures", values, rows);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(SeriesLines.NONE);
    chart.paint(g, ChartStyle.WIDTH, height);
    annotate(g, chart, estimates, reference);
  }

  private static double orElse(double value, double otherwise) {
    return Double.isFinite(value) ? value : otherwise;
  }

  /** The first stands at the top. */
  private static double row(int index, int count) {
    return count - index - 0.7;
  }

  private static void annotate(
      Graphics2D g, XYChart chart, List<NamedEstimate> estimates, int reference) {
    int count = estimates.size();
    double at = chart.getScreenXFromChart(estimates.get(reference).estimate().value());
    double left = ChartStyle.WIDTH * 0.03;
    double right = ChartStyle.WIDTH * 0.97;
    for (int i = 0; i < count; i++) {
      NamedEstimate one = estimates.get(i);
      Estimate figure = one.estimate();
      double y = chart.getScreenYFromChart(row(i, count));
      g.setColor(Palette.MUTED);
      g.setStroke(ChartStyle.DASHED);
      g.draw(new Line2D.Double(at, y - BAND, at, y + BAND));
      String name = ChartStyle.fitted(g, ChartStyle.WORDS, one.name(), right - left - FIGURES);
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, name, left, y - 10, 0);
      ChartStyle.words(
          g, ChartStyle.WORDS, Palette.INK, Figures.interval(figure), right, y - 10, 1);
      if (Double.isFinite(figure.lo())) {
        ChartStyle.whisker(
            g,
            chart.getScreenXFromChart(figure.lo()),
            chart.getScreenXFromChart(figure.hi()),
            y,
            4);
      }
      double x = chart.getScreenXFromChart(figure.value());
      g.setColor(Palette.IMAGE);
      g.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
    }
  }
}
