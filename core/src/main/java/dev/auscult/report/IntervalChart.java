package dev.auscult.report;

import dev.auscult.metric.Estimate;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.XYChart;

/** Figures with intervals, one row each, in groups under headings; several series side by side. */
final class IntervalChart {
  private static final int LABELS = 190;
  private static final int LINE = 13;
  private static final int ROW_GAP = 10;
  private static final int HEADING = 26;
  private static final int LEGEND = 24;
  private static final int AXIS = 56;

  /** XChart maps every value to the middle of a plot lower than the spacing of its ticks. */
  private static final int LEAST_BODY = 100;

  private static final int RIGHT = 12;
  private static final double DOT = 7;

  private final String axis;
  private final List<String> series;
  private final List<Group> groups;

  /**
   * Rows under a heading.
   *
   * @param heading what they have in common
   */
  record Group(String heading, List<Row> rows) {
    /** Copies the list. */
    Group {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A row.
   *
   * @param label its name
   * @param estimates one per series; empty where there is none
   */
  record Row(String label, List<Optional<Estimate>> estimates) {
    /** Copies the list. */
    Row {
      estimates = List.copyOf(estimates);
    }
  }

  private IntervalChart(String axis, List<String> series, List<Group> groups) {
    this.axis = axis;
    this.series = List.copyOf(series);
    this.groups = List.copyOf(groups);
  }

  /**
   * A picture; 0 is marked.
   *
   * @param axis title of the horizontal axis with its unit
   * @param series names of the series
   */
  static Picture picture(
      String name, String alt, String axis, List<String> series, List<Group> groups) {
    IntervalChart chart = new IntervalChart(axis, series, groups);
    return new Picture(name, alt, ChartStyle.WIDTH, chart.height(), chart::draw);
  }

  private int rowHeight() {
    return ROW_GAP + LINE * series.size();
  }

  private int contents() {
    return groups.stream().mapToInt(g -> HEADING + rowHeight() * g.rows().size()).sum();
  }

  private int body() {
    return Math.max(LEAST_BODY, contents());
  }

  private int height() {
    return LEGEND * series.size() + body() + AXIS;
  }

  private double end(boolean upper) {
    double end = 0;
    for (Group group : groups) {
      for (Row row : group.rows()) {
        for (Optional<Estimate> one : row.estimates()) {
          Estimate estimate = one.orElse(Estimate.undefined());
          for (double at : List.of(estimate.value(), upper ? estimate.hi() : estimate.lo())) {
            end = Double.isFinite(at) ? (upper ? Math.max(end, at) : Math.min(end, at)) : end;
          }
        }
      }
    }
    return end;
  }

  private void draw(Graphics2D g) {
    legend(g);
    int top = LEGEND * series.size();
    XYChart chart = new XYChart(ChartStyle.WIDTH - LABELS, body() + AXIS);
    ChartStyle.apply(chart);
    double room = Math.max(1, 0.05 * (end(true) - end(false)));
    chart.setXAxisTitle(axis);
    chart.getStyler().setXAxisMin(end(false) - room).setXAxisMax(end(true) + room);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getStyler().setYAxisTicksVisible(false).setPlotGridVerticalLinesVisible(true);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false).setLegendVisible(false);
    chart.getStyler().setXAxisDecimalPattern("#,##0.##");
    ChartStyle.rectangle(chart, "zero", Palette.MUTED, 0, 0, 0, 1);
    g.translate(LABELS - RIGHT, top);
    chart.paint(g, ChartStyle.WIDTH - LABELS, body() + AXIS);
    g.translate(RIGHT - LABELS, -top);
    rows(g, chart, top);
  }

  private void legend(Graphics2D g) {
    for (int i = 0; i < series.size(); i++) {
      double y = LEGEND * i + 16.0;
      dot(g, 18, y, Palette.curve(i));
      String name = ChartStyle.fitted(g, ChartStyle.WORDS, series.get(i), ChartStyle.WIDTH - 60.0);
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, name, 32, y + 5, 0);
    }
  }

  private void rows(Graphics2D g, XYChart chart, int top) {
    double plotTop = top + chart.getScreenYFromChart(1);
    double plotBottom = top + chart.getScreenYFromChart(0);
    double zero = LABELS - RIGHT + chart.getScreenXFromChart(0);
    g.setColor(Palette.MUTED);
    g.setStroke(ChartStyle.DASHED);
    g.draw(new Line2D.Double(zero, plotTop, zero, plotBottom));
    double scale = (plotBottom - plotTop) / contents();
    double y = plotTop;
    for (Group group : groups) {
      ChartStyle.words(g, ChartStyle.STRONG, Palette.INK, group.heading(), 8, y + 17, 0);
      y += HEADING * scale;
      for (Row row : group.rows()) {
        row(g, chart, row, y, rowHeight() * scale);
        y += rowHeight() * scale;
      }
    }
  }

  private void row(Graphics2D g, XYChart chart, Row row, double y, double height) {
    String label = ChartStyle.fitted(g, ChartStyle.WORDS, row.label(), LABELS - 30.0);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, label, 16, y + height / 2 + 3, 0);
    for (int i = 0; i < row.estimates().size(); i++) {
      double middle = y + (i + 0.5) * (height - ROW_GAP / 2.0) / row.estimates().size();
      Estimate one = row.estimates().get(i).orElse(Estimate.undefined());
      if (Double.isFinite(one.lo())) {
        g.setColor(Palette.curve(i));
        g.setStroke(ChartStyle.WHISKER);
        g.draw(new Line2D.Double(at(chart, one.lo()), middle, at(chart, one.hi()), middle));
      }
      if (Double.isFinite(one.value())) {
        dot(g, at(chart, one.value()), middle, Palette.curve(i));
      }
    }
  }

  private static double at(XYChart chart, double value) {
    return LABELS - RIGHT + chart.getScreenXFromChart(value);
  }

  private static void dot(Graphics2D g, double x, double y, Color color) {
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
  }
}
