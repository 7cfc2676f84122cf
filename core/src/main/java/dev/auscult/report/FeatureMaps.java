package dev.auscult.report;

import dev.auscult.features.DataDescription;
import dev.auscult.features.DataFeatures;
import dev.auscult.features.ModelFeatures;
import dev.auscult.projection.PlanarMap;
import dev.auscult.projection.ProjectionMethod;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The maps of all models side by side: one panel each, classes in colours and shapes, both of which
 * a reader can tell apart alone, and one legend below.
 */
final class FeatureMaps {
  private static final int ACROSS = 2;
  private static final int PANEL = ChartStyle.WIDTH / ACROSS;
  private static final int TITLE = 26;
  private static final int LEGEND_LINE = 24;
  private static final int LEGEND_ENTRIES = 3;
  private static final int GAP = 10;
  private static final double MARGIN = .05;
  private static final Marker[] SHAPES = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN
  };

  /** More classes than this have a colour and a shape in common with another. */
  private static final int DISTINCT = 30;

  private FeatureMaps() {}

  static Picture picture(String name, DataFeatures data, ProjectionMethod method) {
    int lines = (entries(data.description()).size() + LEGEND_ENTRIES - 1) / LEGEND_ENTRIES;
    int rows = (data.models().size() + ACROSS - 1) / ACROSS;
    int panels = rows * (PANEL + TITLE);
    String alt =
        "%s maps of %s, one panel per model: %s."
            .formatted(
                method.title(),
                data.description().name(),
                data.models().stream().map(ModelFeatures::model).collect(Collectors.joining(", ")));
    return new Picture(
        name,
        alt,
        ChartStyle.WIDTH,
        panels + GAP + LEGEND_LINE * lines,
        g -> draw(g, data, panels));
  }

  private static void draw(Graphics2D g, DataFeatures data, int panels) {
    for (int m = 0; m < data.models().size(); m++) {
      int x = m % ACROSS * PANEL;
      int y = m / ACROSS * (PANEL + TITLE);
      String title =
          ChartStyle.fitted(g, ChartStyle.STRONG, data.models().get(m).model(), PANEL - 24.0);
      ChartStyle.words(g, ChartStyle.STRONG, Palette.INK, title, x + 12.0, y + 18.0, 0);
      g.translate(x, y + TITLE);
      panel(data.models().get(m).map(), data.description()).paint(g, PANEL, PANEL);
      g.translate(-x, -y - TITLE);
    }
    legend(g, data.description(), panels + GAP);
  }

  private static XYChart panel(PlanarMap map, DataDescription data) {
    XYChart chart = new XYChart(PANEL, PANEL);
    ChartStyle.apply(chart);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendVisible(false).setMarkerSize(markerSize(map.size()));
    chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    chart.getStyler().setPlotBorderVisible(true).setPlotBorderColor(Palette.RULE);
    frame(chart, map);
    for (int c : entries(data)) {
      int[] of =
          IntStream.range(0, map.size())
              .filter(i -> data.images().get(i).classNumber() == c)
              .toArray();
      XYSeries series =
          chart.addSeries(
              "class " + c,
              IntStream.of(of).mapToDouble(map::x).toArray(),
              IntStream.of(of).mapToDouble(map::y).toArray());
      series.setMarker(shape(c)).setMarkerColor(color(c));
    }
    return chart;
  }

  /** The same units in both directions. */
  private static void frame(XYChart chart, PlanarMap map) {
    double[] x = IntStream.range(0, map.size()).mapToDouble(map::x).sorted().toArray();
    double[] y = IntStream.range(0, map.size()).mapToDouble(map::y).sorted().toArray();
    int last = map.size() - 1;
    double side = Math.max(Math.max(x[last] - x[0], y[last] - y[0]), Double.MIN_NORMAL);
    double half = (.5 + MARGIN) * side;
    double middleX = (x[0] + x[last]) / 2;
    double middleY = (y[0] + y[last]) / 2;
    chart.getStyler().setXAxisMin(middleX - half).setXAxisMax(middleX + half);
    chart.getStyler().setYAxisMin(middleY - half).setYAxisMax(middleY + half);
  }

  private static int markerSize(int points) {
    return points > 600 ? 4 : points > 150 ? 5 : 7;
  }

  /** The classes that occur on the maps, -1 first if there are images without. */
  private static List<Integer> entries(DataDescription data) {
    return data.images().stream()
        .map(DataDescription.MappedImage::classNumber)
        .distinct()
        .sorted()
        .toList();
  }

  private static void legend(Graphics2D g, DataDescription data, int top) {
    List<Integer> entries = entries(data);
    int room = ChartStyle.WIDTH / LEGEND_ENTRIES;
    for (int i = 0; i < entries.size(); i++) {
      int c = entries.get(i);
      double x = i % LEGEND_ENTRIES * room + 18.0;
      double y = top + i / LEGEND_ENTRIES * LEGEND_LINE + 10.0;
      shape(c).paint(g, x, y, 9);
      g.setColor(color(c));
      shape(c).paint(g, x, y, 9);
      String name = c < 0 ? "none known" : data.classes().get(c).name();
      String words = ChartStyle.fitted(g, ChartStyle.WORDS, name, room - 44.0);
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, words, x + 12, y + 5, 0);
    }
  }

  private static Color color(int number) {
    return number < 0 ? Palette.RULE : Palette.curve(number % DISTINCT);
  }

  private static Marker shape(int number) {
    return number < 0 ? SeriesMarkers.CROSS : SHAPES[number % SHAPES.length];
  }
}
