package dev.auscult.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.regex.Pattern;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How every chart looks: white ground, few faint grid lines, no frame. */
final class ChartStyle {
  /** Width of a chart in pixels: that of a text column. */
  static final int WIDTH = 720;

  static final Font WORDS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font STRONG = new Font(Font.SANS_SERIF, Font.BOLD, 13);
  static final BasicStroke HAIRLINE = new BasicStroke(1f);
  static final BasicStroke WHISKER = new BasicStroke(1.6f);
  static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0);

  /** A hyphen before a number, not one between words or digits. */
  private static final Pattern MINUS = Pattern.compile("(?<![\\p{L}\\d])-(?=\\d)");

  private ChartStyle() {}

  static void apply(XYChart chart) {
    XYStyler style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false).setChartTitleVisible(false).setChartPadding(8);
    style.setChartFontColor(Palette.INK).setLocale(Locale.ROOT);
    style
        .setLegendFont(WORDS)
        .setLegendBorderColor(Color.WHITE)
        .setLegendBackgroundColor(Color.WHITE)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendPadding(8);
    style.setAxisTitleFont(WORDS).setAxisTickLabelsFont(WORDS).setAxisTitlePadding(8);
    style.setAxisTickLabelsColor(Palette.INK).setAxisTickMarksColor(Palette.MUTED);
    style.setAxisTicksLineVisible(false).setAxisTickMarkLength(4);
    style.setXAxisTitleColor(Palette.INK).setYAxisTitleColor(Palette.INK);
    style.setPlotGridLinesColor(Palette.RULE).setPlotGridLinesStroke(HAIRLINE);
    style.setPlotGridVerticalLinesVisible(false);
    style.setPlotMargin(0).setErrorBarsColorSeriesColor(true);
    style.setPlotContentSize(0.96);
  }

  /** A filled rectangle in the chart's own units. */
  static XYSeries rectangle(
      XYChart chart, String name, Color fill, double x0, double y0, double x1, double y1) {
    XYSeries series =
        chart.addSeries(name, new double[] {x0, x1, x1, x0, x0}, new double[] {y0, y0, y1, y1, y0});
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    series.setFillColor(fill);
    series.setLineColor(fill).setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
    return series;
  }

  /** A horizontal interval with end caps, in pixels; a light rim keeps it visible on any ground. */
  static void whisker(Graphics2D g, double x0, double x1, double y, double cap) {
    Path2D path = new Path2D.Double();
    path.append(new Line2D.Double(x0, y, x1, y), false);
    path.append(new Line2D.Double(x0, y - cap, x0, y + cap), false);
    path.append(new Line2D.Double(x1, y - cap, x1, y + cap), false);
    rimmed(g, path, WHISKER);
  }

  /** A dark line with a light rim. */
  static void rimmed(Graphics2D g, Shape line, BasicStroke stroke) {
    g.setColor(Color.WHITE);
    g.setStroke(new BasicStroke(stroke.getLineWidth() + 2.4f));
    g.draw(line);
    g.setColor(Palette.INK);
    g.setStroke(stroke);
    g.draw(line);
  }

  /**
   * Words with their baseline at {@code y}.
   *
   * @param anchor 0 if they begin at {@code x}, 0.5 if they are centred there, 1 if they end there
   */
  static void words(
      Graphics2D g, Font font, Color color, String text, double x, double y, double anchor) {
    if (text.isEmpty()) {
      return;
    }
    TextLayout layout = new TextLayout(XmlText.clean(text), font, g.getFontRenderContext());
    g.setColor(color);
    layout.draw(g, (float) (x - anchor * layout.getAdvance()), (float) y);
  }

  /** {@code text} cut with an ellipsis to {@code width} pixels. */
  static String fitted(Graphics2D g, Font font, String text, double width) {
    String cut = XmlText.clean(text).replaceAll("\\s+", " ").strip();
    boolean whole = true;
    while (cut.length() > 1 && advance(g, font, whole ? cut : cut + "…") > width) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
      whole = false;
    }
    return whole ? cut : cut + "…";
  }

  /** The same with the minus sign of typography for each hyphen that is one. */
  static String minus(String text) {
    return MINUS.matcher(text).replaceAll("\u2212");
  }

  private static double advance(Graphics2D g, Font font, String text) {
    return new TextLayout(text, font, g.getFontRenderContext()).getAdvance();
  }
}
