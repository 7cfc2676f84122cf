package dev.auscult.report;

import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.Point;
import dev.auscult.report.Charts.Reach;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves with error bars. */
final class CurveChart {
  private static final int HEIGHT = 380;
  private static final int LEGEND = 24;
  private static final int MARGIN = 48;
  private static final int ENTRY = 220;
  private static final int SWATCH = 32;
  private static final int ENTRIES_PER_LINE = 4;

  /** More points than this stand too close for markers. */
  private static final int MARKED = 40;

  private CurveChart() {}

  static Picture picture(String name, Axes axes, List<Curve> curves) {
    return new Picture(
        name,
        axes.alt(),
        ChartStyle.WIDTH,
        HEIGHT - LEGEND + legendHeight(curves),
        g -> draw(g, axes, List.copyOf(curves)));
  }

  private static int legendHeight(List<Curve> curves) {
    return LEGEND * Math.max(1, (curves.size() + ENTRIES_PER_LINE - 1) / ENTRIES_PER_LINE);
  }

  private static void draw(Graphics2D g, Axes axes, List<Curve> curves) {
    XYChart chart = new XYChart(ChartStyle.WIDTH, HEIGHT);
    ChartStyle.apply(chart);
    chart.setXAxisTitle(axes.x());
    chart.setYAxisTitle(axes.y());
    chart.getStyler().setXAxisLogarithmic(axes.logarithmic());
    chart.getStyler().setYAxisLogarithmic(axes.logarithmic());
    chart.getStyler().setMarkerSize(7).setLegendVisible(false);
    if (!axes.logarithmic()) {
      chart.getStyler().setYAxisDecimalPattern("0.0##").setXAxisDecimalPattern("#,##0.###");
    }
    limit(chart, axes.reach());
    for (int i = 0; i < curves.size(); i++) {
      if (!curves.get(i).points().isEmpty()) {
        add(chart, i, curves.get(i));
      }
    }
    g.translate(0, legendHeight(curves));
    chart.paint(g, ChartStyle.WIDTH, HEIGHT - LEGEND);
    g.translate(0, -legendHeight(curves));
    legend(g, curves);
  }

  /** Shares have ticks at 0, 0.2 to 1. */
  private static void limit(XYChart chart, Reach reach) {
    if (reach != Reach.OF_CURVES) {
      chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setXAxisTickMarkSpacingHint(100);
      chart.getStyler().setXAxisDecimalPattern("0.0");
    }
    if (reach == Reach.SHARES) {
      chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisTickMarkSpacingHint(50);
      chart.getStyler().setYAxisDecimalPattern("0.0");
    }
  }

  private static void legend(Graphics2D g, List<Curve> curves) {
    int across = Math.min(ENTRIES_PER_LINE, curves.size());
    double room = (double) (ChartStyle.WIDTH - MARGIN) / across;
    for (int i = 0; i < curves.size(); i++) {
      double x = MARGIN + i % across * Math.min(room, ENTRY);
      int y = i / across * LEGEND;
      String name = curves.get(i).name();
      g.setColor(Palette.curve(i));
      g.setStroke(stroke(i));
      g.draw(new Line2D.Double(x, y + 15, x + SWATCH, y + 15));
      ChartStyle.words(
          g,
          ChartStyle.WORDS,
          Palette.INK,
          ChartStyle.fitted(g, ChartStyle.WORDS, name, Math.min(room, ENTRY) - SWATCH - 20),
          x + SWATCH + 8,
          y + 20,
          0);
    }
  }

  private static void add(XYChart chart, int index, Curve curve) {
    boolean errors = curve.points().stream().anyMatch(point -> point.error() > 0);
    XYSeries series =
        chart.addSeries(
            "curve " + index,
            values(curve, Point::x),
            values(curve, Point::y),
            errors ? values(curve, Point::error) : null);
    series.setLabel(XmlText.clean(curve.name()));
    series.setLineColor(Palette.curve(index)).setLineStyle(stroke(index));
    series.setMarkerColor(Palette.curve(index));
    series.setMarker(curve.points().size() > MARKED ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  private static BasicStroke stroke(int index) {
    float[][] dashes = {{}, {7, 4}, {2, 3}, {9, 3, 2, 3}};
    float[] dash = dashes[index % dashes.length];
    return dash.length == 0
        ? new BasicStroke(2f)
        : new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }

  private static double[] values(Curve curve, ToDoubleFunction<Point> of) {
    return curve.points().stream().mapToDouble(of).toArray();
  }
}
