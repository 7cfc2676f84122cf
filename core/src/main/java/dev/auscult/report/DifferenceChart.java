package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.NamedEstimate;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Differences with their intervals, one below the other, and the line of no difference. */
final class DifferenceChart {
  private static final int ROW = 26;
  private static final int TOP = 14;
  private static final int BOTTOM = 58;
  private static final int NAMES = 240;
  private static final int FIGURES = 170;
  private static final int DOT = 4;
  private static final int TICKS = 5;

  private final List<NamedEstimate> differences;
  private final String axis;
  private final double reach;

  private DifferenceChart(List<NamedEstimate> differences, String axis) {
    this.differences = List.copyOf(differences);
    this.axis = axis;
    this.reach = reach(differences);
  }

  static Picture picture(String name, String axis, List<NamedEstimate> differences) {
    DifferenceChart chart = new DifferenceChart(differences, axis);
    return new Picture(
        name, chart.alt(), ChartStyle.WIDTH, TOP + ROW * differences.size() + BOTTOM, chart::draw);
  }

  private String alt() {
    return differences.stream()
        .map(row -> "%s %s".formatted(row.name(), Figures.interval(row.estimate())))
        .collect(Collectors.joining("; ", axis + ": ", "."));
  }

  /** A round number that no end lies beyond. */
  private static double reach(List<NamedEstimate> differences) {
    double most =
        differences.stream()
            .map(NamedEstimate::estimate)
            .flatMapToDouble(e -> DoubleStream.of(e.value(), e.lo(), e.hi()))
            .filter(Double::isFinite)
            .map(Math::abs)
            .max()
            .orElse(0);
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-3))));
    return DoubleStream.of(1, 2, 4, 6, 8, 10)
        .map(step -> step * unit)
        .filter(end -> end >= most)
        .findFirst()
        .orElse(10 * unit);
  }

  private double x(double value) {
    double width = ChartStyle.WIDTH - NAMES - FIGURES;
    return NAMES + width * (value + reach) / (2 * reach);
  }

  private void draw(Graphics2D g) {
    double bottom = TOP + ROW * differences.size() + 4.0;
    for (int tick = 0; tick < TICKS; tick++) {
      double value = reach * (2.0 * tick / (TICKS - 1) - 1);
      g.setColor(tick == TICKS / 2 ? Palette.INK : Palette.RULE);
      g.setStroke(ChartStyle.HAIRLINE);
      g.draw(new Line2D.Double(x(value), TOP, x(value), bottom));
      String label = Figures.signed(value, Figures.decimalsFor(10 * reach));
      ChartStyle.words(
          g,
          ChartStyle.WORDS,
          Palette.INK,
          ChartStyle.minus(value == 0 ? "0" : label),
          x(value),
          bottom + 18,
          0.5);
    }
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, axis, x(0), bottom + 42, 0.5);
    for (int row = 0; row < differences.size(); row++) {
      draw(g, differences.get(row), TOP + ROW * (row + 0.5));
    }
  }

  private void draw(Graphics2D g, NamedEstimate row, double y) {
    Estimate difference = row.estimate();
    String name = ChartStyle.fitted(g, ChartStyle.WORDS, row.name(), NAMES - 40.0);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, name, 8, y + 5, 0);
    String figures = ChartStyle.minus(signed(difference));
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, figures, ChartStyle.WIDTH - 8.0, y + 5, 1);
    if (Double.isFinite(difference.lo())) {
      ChartStyle.whisker(g, x(difference.lo()), x(difference.hi()), y, 4);
    }
    if (Double.isFinite(difference.value())) {
      g.setColor(Palette.curve(0));
      double at = x(difference.value());
      g.fill(new Ellipse2D.Double(at - DOT, y - DOT, 2 * DOT, 2 * DOT));
    }
  }

  private static String signed(Estimate difference) {
    String value = Figures.signed(difference.value(), 3);
    return Double.isFinite(difference.lo())
        ? "%s [%s, %s]"
            .formatted(
                value, Figures.signed(difference.lo(), 3), Figures.signed(difference.hi(), 3))
        : value;
  }
}
