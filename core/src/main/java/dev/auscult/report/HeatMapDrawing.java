package dev.auscult.report;

import dev.auscult.image.RgbImage;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * A heat map as a drawing, with its scale and the names of the outlines below the image.
 *
 * @param map what it shows
 */
record HeatMapDrawing(HeatMap map) {
  private static final int STEPS = 40;
  private static final int BANNER = 22;
  private static final float[] DASH = {5, 3};
  private static final Color DARK = new Color(0x111111);

  /** The drawing as a picture of its own. */
  Picture picture(String name, String title) {
    return new Picture(name, title, HeatMap.WIDTH, map.totalHeight(), this::draw);
  }

  /** Draws the map with its upper left corner at the origin. */
  void draw(Graphics2D g) {
    drawMap(g);
    drawScale(g);
    int y = map.height() + HeatMap.SCALE_HEIGHT;
    for (String name : map.regions().keySet()) {
      strokeOutline(g, name, new Line2D.Double(0, y + 8, 28, y + 8));
      ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, HeatMap.regionName(name), 36, y + 12, 0);
      y += HeatMap.KEY_HEIGHT;
    }
  }

  /** Draws the map without scale and names. */
  void drawMap(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(PictureFormat.buffered(map.image()), 0, 0, HeatMap.WIDTH, map.height(), null);
    drawCells(g);
    map.regions().forEach((name, mask) -> drawOutline(g, name, mask));
    if (map.noiseDominated()) {
      drawNoise(g);
    }
  }

  private void drawCells(Graphics2D g) {
    double cellWidth = (double) HeatMap.WIDTH / map.patches().columns();
    double cellHeight = (double) map.height() / map.patches().rows();
    for (int i = 0; i < map.patches().phi().size(); i++) {
      int row = i / map.patches().columns();
      int column = i % map.patches().columns();
      Rectangle2D cell =
          new Rectangle2D.Double(column * cellWidth, row * cellHeight, cellWidth, cellHeight);
      g.setColor(HeatMap.tint(map.patches().phi().get(i), map.scale()));
      g.fill(cell);
      g.setColor(new Color(255, 255, 255, (int) (255 * HeatMap.GRID_OPACITY)));
      g.setStroke(new BasicStroke(0.6f));
      g.draw(cell);
    }
  }

  private void drawOutline(Graphics2D g, String name, RgbImage mask) {
    Path2D path = new Path2D.Double();
    for (KnownRegion.Edge edge : KnownRegion.edges(mask)) {
      path.append(
          new Line2D.Double(map.x(edge.x0()), map.y(edge.y0()), map.x(edge.x1()), map.y(edge.y1())),
          false);
    }
    strokeOutline(g, name, path);
  }

  private static void strokeOutline(Graphics2D g, String name, Shape line) {
    g.setColor(DARK);
    g.setStroke(new BasicStroke(3.4f));
    g.draw(line);
    g.setColor(HeatMap.outline(name));
    g.setStroke(
        name.equals("lesion")
            ? new BasicStroke(1.6f)
            : new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, DASH, 0));
    g.draw(line);
  }

  private void drawNoise(Graphics2D g) {
    g.setColor(new Color(255, 255, 255, 191));
    g.setStroke(new BasicStroke(1.4f));
    for (HeatMap.Stripe stripe : map.stripes()) {
      g.draw(new Line2D.Double(stripe.x0(), stripe.y0(), stripe.x1(), stripe.y1()));
    }
    g.setColor(Palette.WARNING_GROUND);
    g.fill(new Rectangle2D.Double(0, 0, HeatMap.WIDTH, BANNER));
    ChartStyle.words(g, ChartStyle.STRONG, Palette.WARNING, HeatMap.NOISE, 6, 15, 0);
  }

  private void drawScale(Graphics2D g) {
    double step = (double) HeatMap.WIDTH / STEPS;
    for (int i = 0; i < STEPS; i++) {
      g.setColor(HeatMap.tint(i + 0.5 - STEPS / 2.0, STEPS / 2.0));
      g.fill(new Rectangle2D.Double(i * step, map.height() + 8, step, 10));
    }
    int line = map.height() + 34;
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, map.lowest(), 0, line, 0);
    ChartStyle.words(
        g, ChartStyle.WORDS, Palette.INK, HeatMap.UNIT, HeatMap.WIDTH / 2.0, line, 0.5);
    ChartStyle.words(g, ChartStyle.WORDS, Palette.INK, map.highest(), HeatMap.WIDTH, line, 1);
  }
}
