package dev.auscult.report;

import dev.auscult.projection.PlanarMap;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Maps of the same points side by side, groups in colours and shapes, one legend below. */
final class MapPanels {
  private static final int TITLE = 26;
  private static final int LEGEND = 24;
  private static final int ENTRIES_PER_LINE = 3;
  private static final double MARGIN = .06;
  private static final int MARKER = 7;
  private static final Marker[] SHAPES = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND
  };

  private final List<Panel> panels;
  private final List<Integer> groupOf;
  private final List<String> groups;

  /** A titled map. */
  record Panel(String title, PlanarMap map) {}

  private MapPanels(List<Panel> panels, List<Integer> groupOf, List<String> groups) {
    this.panels = List.copyOf(panels);
    this.groupOf = List.copyOf(groupOf);
    this.groups = List.copyOf(groups);
  }

  /**
   * A picture of maps.
   *
   * @param alt what it shows, for a reader who cannot see it
   * @param groupOf the group of each point, on all maps
   * @param groups their names
   */
  static Picture picture(
      String name, String alt, List<Panel> panels, List<Integer> groupOf, List<String> groups) {
    MapPanels drawing = new MapPanels(panels, groupOf, groups);
    int lines = (groups.size() + ENTRIES_PER_LINE - 1) / ENTRIES_PER_LINE;
    return new Picture(
        name, alt, ChartStyle.WIDTH, TITLE + drawing.side() + LEGEND * (lines + 1), drawing::draw);
  }

  private int side() {
    return ChartStyle.WIDTH / panels.size();
  }

  private void draw(Graphics2D g) {
    for (int p = 0; p < panels.size(); p++) {
      int x = p * side();
      ChartStyle.words(
          g, ChartStyle.STRONG, Palette.INK, panels.get(p).title(), x + 12.0, TITLE - 8.0, 0);
      g.translate(x, TITLE);
      chart(panels.get(p).map()).paint(g, side(), side());
      g.translate(-x, -TITLE);
    }
    for (int group = 0; group < groups.size(); group++) {
      legend(g, group);
    }
  }

  private void legend(Graphics2D g, int group) {
    int room = ChartStyle.WIDTH / ENTRIES_PER_LINE;
    double x = group % ENTRIES_PER_LINE * room + 18.0;
    int line = group / ENTRIES_PER_LINE;
    double y = TITLE + side() + LEGEND * (line + .75);
    g.setColor(Palette.curve(group));
    shape(group).paint(g, x, y, MARKER);
    String words = ChartStyle.fitted(g, ChartStyle.WORDS, groups.get(group), room - 44.0);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, words, x + 12, y + 5, 0);
  }

  private static Marker shape(int group) {
    return SHAPES[group % SHAPES.length];
  }

  private XYChart chart(PlanarMap map) {
    XYChart chart = new XYChart(side(), side());
    ChartStyle.apply(chart);
    chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    chart.getStyler().setLegendVisible(false).setMarkerSize(MARKER);
    chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
    chart.getStyler().setPlotBorderVisible(true).setPlotBorderColor(Palette.RULE);
    frame(chart, map);
    for (int group = 0; group < groups.size(); group++) {
      int own = group;
      int[] points = IntStream.range(0, map.size()).filter(i -> groupOf.get(i) == own).toArray();
      if (points.length > 0) {
        chart
            .addSeries(
                "group " + group,
                IntStream.of(points).mapToDouble(map::x).toArray(),
                IntStream.of(points).mapToDouble(map::y).toArray())
            .setMarker(shape(group))
            .setMarkerColor(Palette.curve(group));
      }
    }
    return chart;
  }

  /** The same units in both directions. */
  private static void frame(XYChart chart, PlanarMap map) {
    double left = IntStream.range(0, map.size()).mapToDouble(map::x).min().orElse(0);
    double right = IntStream.range(0, map.size()).mapToDouble(map::x).max().orElse(1);
    double low = IntStream.range(0, map.size()).mapToDouble(map::y).min().orElse(0);
    double high = IntStream.range(0, map.size()).mapToDouble(map::y).max().orElse(1);
    double half = (.5 + MARGIN) * Math.max(Math.max(right - left, high - low), Double.MIN_NORMAL);
    chart.getStyler().setXAxisMin((left + right) / 2 - half).setXAxisMax((left + right) / 2 + half);
    chart.getStyler().setYAxisMin((low + high) / 2 - half).setYAxisMax((low + high) / 2 + half);
  }
}
